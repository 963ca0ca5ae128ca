import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  type JiraDouble,
  type PagerDutyDouble,
  type ServiceNowDouble,
  type SlackDouble,
  type Stage,
  type StageOptions,
  startJiraDouble,
  startPagerDutyDouble,
  startServiceNowDouble,
  startSlackDouble,
  startStage,
  startTeamsDouble,
  startWebhookDouble,
  type TeamsDouble,
  type WebhookDouble,
} from '@riposte/local-stage';
import { deadLetterTexts } from '../guard/dead-letters.ts';
import { untilQuiet } from '../guard/eventually.ts';
import { foundationNames } from '../guard/foundation-names.ts';
import { type FunctionRuns, functionRuns } from '../guard/function-runs.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { channelsFile, credentials, secrets } from './channels-file.ts';
import { routerQueues } from './router-queues.ts';

const deployedStage = 'local';

/** Systems that the router tells. */
export interface Doubles {
  readonly jira: JiraDouble;
  readonly servicenow: ServiceNowDouble;
  readonly slack: SlackDouble;
  readonly teams: TeamsDouble;
  readonly pagerduty: PagerDutyDouble;
  readonly webhook: WebhookDouble;
}

/** The router, deployed by the real framework with rules of its own, and the systems that it tells. */
export interface RouterWorld {
  readonly stage: Stage;
  readonly names: Awaited<ReturnType<typeof foundationNames>>;
  readonly doubles: Doubles;
  readonly runs: FunctionRuns;
  readonly dynamo: DynamoDBClient;
  /** Waits until no function calls anything any more. */
  quiet(): Promise<void>;
  /** What lies in the dead-letter queues: in whose, and why. */
  deadLetters(): Promise<readonly Letter[]>;
  stop(): Promise<void>;
}

/** A dead letter: the function whose queue it is in, and the name of the error. */
export interface Letter {
  readonly queue: string;
  readonly error: string;
}

export interface WorldOptions {
  /** Rule files by name; `channels.yaml` is made. */
  readonly rules: Readonly<Record<string, string>>;
  /** Members of every channel, e.g. a group without a wait. */
  readonly channels?: Readonly<Record<string, object>>;
  /** Channels besides, each like one of those with other members. */
  readonly copies?: Readonly<
    Record<string, { readonly of: string; readonly [member: string]: unknown }>
  >;
  readonly more?: string;
  /** Variables that every function sees too. */
  readonly functionEnvironment?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  /** Told about each call: a stage remembers the newest ones only. */
  readonly onCall?: NonNullable<StageOptions['onCall']>;
}

/** Starts a stage and the doubles, and deploys foundation and router. Schedules stand still: tests invoke `tell-due` themselves. */
export async function openRouterWorld(options: WorldOptions): Promise<RouterWorld> {
  const doubles = await startDoubles();
  const folder = await mkdtemp(join(tmpdir(), 'riposte-rules-'));
  const { functionEnvironment = {}, onCall } = options;
  const stage = await startStage({
    ...{ quiet: true, removeAtEnd: [folder], functionEnvironment },
    ...(onCall && { onCall }),
  });
  const stop = async () => {
    await stage.stop();
    await Promise.all(Object.values(doubles).map((double) => double.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const files = { ...options.rules, 'channels.yaml': channelsFile(doubles, options) };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await putSecrets(stage, doubles);
    await stage.deploy('foundation', {}, { stage: deployedStage });
    const params = { rulesFolder: folder, ...options.params };
    await stage.deploy('finding-router', params, { stage: deployedStage });
    await stage.standStill();
    const dynamo = new DynamoDBClient(lookSettings(stage));
    const runs = functionRuns(stage, `riposte-finding-router-${deployedStage}-`);
    return {
      stage,
      names: await foundationNames(stage, deployedStage),
      doubles,
      runs,
      dynamo,
      quiet: () => untilQuiet(() => stage.calls().length),
      deadLetters: () => lettersOf(stage),
      async stop() {
        runs.close();
        dynamo.destroy();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDoubles(): Promise<Doubles> {
  const [jira, servicenow, slack, teams, pagerduty, webhook] = await Promise.all([
    startJiraDouble({ edition: 'cloud', project: 'SEC', ...credentials.jira }),
    startServiceNowDouble(credentials.servicenow),
    startSlackDouble({ token: credentials.slack.token, conversations: { C1: 'C1' } }),
    startTeamsDouble(),
    startPagerDutyDouble(credentials.pagerduty),
    startWebhookDouble(credentials.webhook),
  ]);
  return { jira, servicenow, slack, teams, pagerduty, webhook };
}

async function putSecrets(stage: Stage, doubles: Doubles): Promise<void> {
  const client = new SecretsManagerClient(lookSettings(stage));
  for (const [Name, value] of Object.entries(secrets(doubles))) {
    await client.send(new CreateSecretCommand({ Name, SecretString: JSON.stringify(value) }));
  }
  client.destroy();
}

async function lettersOf(stage: Stage): Promise<readonly Letter[]> {
  const prefix = `riposte-finding-router-${deployedStage}-`;
  const { deadLetters } = await routerQueues(stage);
  const letters: Letter[] = [];
  for (const name of deadLetters.map((url) => url.split('/').at(-1) ?? '')) {
    for (const text of await deadLetterTexts(stage, name)) {
      const { error, responsePayload } = Object(JSON.parse(text));
      const reason: unknown = error?.name ?? responsePayload?.errorType ?? 'none';
      letters.push({
        queue: name.slice(prefix.length).replace(/-dlq.*$/, ''),
        error: String(reason),
      });
    }
  }
  return letters;
}
