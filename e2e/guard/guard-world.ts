import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ResponseRecord } from '@riposte/findings';
import { type Stage, type StageMessage, startStage } from '@riposte/local-stage';
import type { ResponseRecords } from '@riposte/responses';
import { dynamoRecords } from '@riposte/responses/aws/dynamo-records';
import { eventually, untilQuiet } from './eventually.ts';
import { foundationNames } from './foundation-names.ts';
import { type FunctionRuns, functionRuns } from './function-runs.ts';
import { lookSettings } from './look-settings.ts';
import { type GuardSettings, guardSettings } from './settings.ts';
import { type Trails, trailsOn } from './trails.ts';

/** The stage name that the services are deployed with. */
export const deployedStage = 'local';

/** Home account of every stage here. */
export const account = '123456789012';

/** A trail's ARN, in the home account. */
export function arnOf(name: string, region = 'us-east-1'): string {
  return `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;
}

/** The guard, deployed by the real framework on a stage of its own, and what a test sees and does there. */
export interface GuardWorld {
  readonly stage: Stage;
  readonly names: Awaited<ReturnType<typeof foundationNames>>;
  readonly records: ResponseRecords;
  readonly trails: Trails;
  readonly settings: GuardSettings;
  readonly runs: FunctionRuns;
  /** Records on a resource, oldest first. */
  recordsOn(arn: string): Promise<readonly ResponseRecord[]>;
  /** The first record of a kind on a resource that came to an end. */
  concluded(arn: string, kind: string): Promise<ResponseRecord>;
  /** Messages of the alerts topic about an incident. */
  messagesOf(incident: string): Promise<readonly StageMessage[]>;
  /** The first message of the alerts topic about an incident. */
  told(incident: string): Promise<StageMessage>;
  /** Waits until no function calls anything any more. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/** What a world is opened with. */
export interface WorldOptions {
  readonly params?: Readonly<Record<string, string>>;
  /** Seconds until Lambda first tries a failed event again: a minute on AWS, a third of a second when absent. */
  readonly retrySeconds?: number;
}

/** Starts a stage and deploys foundation and guard on it. Its schedules stand still: tests invoke the sweep themselves. */
export async function openGuardWorld(options: WorldOptions = {}): Promise<GuardWorld> {
  const stage = await startStage({
    quiet: true,
    functionEnvironment: { LAMBDA_ASYNC_RETRY_BASE_SECONDS: String(options.retrySeconds ?? 0.3) },
  });
  try {
    await stage.deploy('foundation', {}, { stage: deployedStage });
    await stage.deploy('cloudtrail-guard', options.params ?? {}, { stage: deployedStage });
    await stage.standStill();
    return await worldOn(stage);
  } catch (error) {
    await stage.stop();
    throw error;
  }
}

async function worldOn(stage: Stage): Promise<GuardWorld> {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const names = await foundationNames(stage, deployedStage);
  const dynamo = new DynamoDBClient(lookSettings(stage));
  const clock = () => new Date();
  const records = dynamoRecords({ client: dynamo, tableName: names.StateTableName, clock });
  const recordsOn = (arn: string) => records.onResource(arn, since);
  const messagesOf = async (incident: string) =>
    (await stage.messages(names.AlertsTopicArn)).filter(
      ({ attributes }) => attributes.incident === incident,
    );
  const runs = functionRuns(stage, `riposte-cloudtrail-guard-${deployedStage}-`);
  const trails = trailsOn(stage);
  const settings = guardSettings(stage, deployedStage);
  return {
    stage,
    names,
    records,
    recordsOn,
    messagesOf,
    runs,
    trails,
    settings,
    concluded: (arn, kind) =>
      eventually(`an end of ${kind} on ${arn}`, async () => {
        const held = await recordsOn(arn);
        return held.find((record) => record.kind === kind && record.status !== 'claimed');
      }),
    told: (incident) =>
      eventually(`a message about ${incident}`, async () => (await messagesOf(incident))[0]),
    quiet: () => untilQuiet(() => stage.calls().length),
    async stop() {
      for (const part of [runs, trails, settings]) part.close();
      dynamo.destroy();
      await stage.stop();
    },
  };
}
