import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Stage, type StageOptions, startJiraDouble } from '@riposte/local-stage';
import { cloudTrailSwitch, trailOf } from '@riposte/remediations/cloudtrail';
import { dynamoRecords } from '@riposte/responses/aws/dynamo-records';
import { exportsOf } from '../aws/exports.ts';
import { DemoFailedError } from '../errors.ts';
import { ensureTrail } from '../stage/scenarios.ts';
import { stageClientConfig } from '../stage/stage-client-config.ts';
import { localStage } from '../stage/stage-environment.ts';
import { attacker, type DemoWorld } from './demo-world.ts';
import { findingInHub, idOfFinding } from './hub-finding.ts';
import { readDeadLetters } from './read-dead-letters.ts';
import { jiraUser, type RouterParts, stageRouter } from './stage-router.ts';
import { faultOfRiposte } from './wait-for.ts';

const trailName = 'demo';
const deadLetterQueue = `riposte-cloudtrail-guard-${localStage}-restart-trail-dlq`;

/**
 * Starts a stage, a Jira, and a folder for rules; `stop` ends them all, and the stage's end, however it comes, removes the folder.
 *
 * @param start starts the stage with these options, and its own.
 */
export async function openStageWorld(
  start: (options: StageOptions) => Promise<Stage>,
): Promise<DemoWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'riposte-demo-'));
  const jira = await startJiraDouble({ edition: 'cloud', project: 'SEC', ...jiraUser });
  const close = async () => {
    await jira.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const stage = await start({ removeAtEnd: [folder] });
    const stop = () => stage.stop().finally(close);
    return { ...stageWorld({ stage, jira, folder }), stop };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The demo's world on a stage: everything is asked through AWS APIs, as anybody could. */
function stageWorld(parts: RouterParts): Omit<DemoWorld, 'stop'> {
  const { stage } = parts;
  const config = stageClientConfig(stage);
  const exported = once(() => exportsOf(config, `riposte-${localStage}-`));
  const named = async (name: string) => {
    const value = (await exported()).get(`riposte-${localStage}-${name}`);
    if (value !== undefined) return value;
    throw new DemoFailedError(`foundation exports no ${name}`, faultOfRiposte);
  };
  const records = once(async () =>
    dynamoRecords({
      client: new DynamoDBClient(config),
      tableName: await named('StateTableName'),
      clock: () => new Date(),
    }),
  );
  const trails = cloudTrailSwitch(({ region }) => new CloudTrailClient({ ...config, region }));
  const hub = new SecurityHubClient(config);
  const sqs = new SQSClient(config);
  const started = new Date(Date.now() - 60_000).toISOString();
  return {
    endpoint: stage.endpoint,
    deploy: (service) => stage.deploy(service, {}, { stage: localStage }),
    async createTrail() {
      await ensureTrail({ stage, trail: trailName });
      return trailOf(trailName, stage);
    },
    stopTrail: async ({ name }) => (await stage.play.stopTrail(name, { caller: attacker })).event,
    status: (trail) => trails.status(trail),
    messages: async () => stage.messages(await named('AlertsTopicArn')),
    records: async (trail) => (await records()).onResource(trail.arn, started),
    async sendFinding({ arn }) {
      const { event } = await stage.play.loggingDisabledFinding('asff', {
        trails: [arn],
        caller: attacker,
      });
      return idOfFinding(event);
    },
    finding: (id) => findingInHub(hub, id),
    async deliver(event, copies) {
      await stage.deliver(event, { duplicates: copies - 1 });
    },
    callsOf: async (functionName, operation) =>
      stage
        .calls()
        .filter((call) => call.appId === `riposte-${functionName}` && call.operation === operation)
        .length,
    deadLetters: () => readDeadLetters(sqs, deadLetterQueue),
    router: stageRouter(parts),
    settle: () => untilQuiet(() => stage.calls().length),
  };
}

const quietMs = 600;

/** A count that did not change for a while is final: functions answer within milliseconds, the table's stream within 250. */
async function untilQuiet(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count();
    await sleep(quietMs);
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
