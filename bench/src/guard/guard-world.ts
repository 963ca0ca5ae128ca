import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { type RecordedCall, type ServiceEvent, type Stage, startStage } from '@riposte/local-stage';
import type { BenchContext } from '../benchmark.ts';
import { type CallWatch, createCallWatch } from './call-watch.ts';
import type { CustodianTools } from './custodian-tools.ts';

/** The stage on which both answer, and what a benchmark does with it. */
export interface GuardWorld {
  readonly stage: Stage;
  readonly watch: CallWatch;
  readonly lambda: LambdaClient;
  /** A folder that goes when the stage does. */
  readonly temporary: string;
  /** Creates a trail, starts it and stops it for real. Nobody is told: the event is given back. */
  stoppedTrail(): Promise<StoppedTrail>;
  removeTrail(name: string): Promise<void>;
  /** Asks the emulator for a new instance of a function, as a change of its configuration does. */
  coolDown(functionName: string): Promise<void>;
  /** Hands an event to a function as EventBridge does: asynchronously. */
  invoke(functionName: string, event: ServiceEvent): Promise<void>;
  /** Waits until no function has made a call for a while, and gives all calls that functions made. */
  settled(): Promise<readonly RecordedCall[]>;
}

export interface StoppedTrail {
  readonly name: string;
  /** CloudTrail's event of StopLogging. */
  readonly event: ServiceEvent;
}

/** Application ids of the stage itself: what it plays and looks at is no function's doing. */
const own = new Set(['stage-play', 'stage-observer']);
/** The table's stream is read every 250 ms. */
const quietMs = 400;

/** Starts a stage whose functions in Python find what the peer needs. */
export async function startWorld(
  { env, onProgress }: BenchContext,
  { pathFolder }: CustodianTools,
): Promise<GuardWorld> {
  const temporary = await mkdtemp(join(tmpdir(), 'riposte-bench-'));
  const watch = createCallWatch();
  // A given emulator is not used: its Python has no peer in it.
  const { AWS_ENDPOINT_URL: _given, ...rest } = env;
  const stage = await startStage({
    env: { ...rest, PATH: [pathFolder, env.PATH].filter(Boolean).join(delimiter) },
    quiet: true,
    onProgress,
    onCall: watch.onCall,
    removeAtEnd: [temporary],
  });
  const lambda = new LambdaClient({
    endpoint: stage.endpoint,
    region: stage.region,
    credentials: { accessKeyId: stage.accountId, secretAccessKey: 'local' },
    userAgentAppId: 'stage-observer',
  });
  return { stage, watch, lambda, temporary, ...actions(stage, lambda) };
}

function actions(stage: Stage, lambda: LambdaClient) {
  const quiet = { deliver: false } as const;
  const trailCall = (operation: string, input: Readonly<Record<string, unknown>>) =>
    stage.play.apiCall({ service: 'cloudtrail', operation, input, ...quiet });
  const functionCalls = () => stage.calls().filter(({ appId = '' }) => !own.has(appId));
  let count = 0;
  return {
    async stoppedTrail(): Promise<StoppedTrail> {
      const name = `bench-${++count}`;
      await trailCall('CreateTrail', { Name: name, S3BucketName: 'bench-trail-logs' });
      await trailCall('StartLogging', { Name: name });
      const { event } = await stage.play.stopTrail(name, quiet);
      return { name, event };
    },
    async removeTrail(name: string) {
      await trailCall('DeleteTrail', { Name: name });
    },
    async coolDown(FunctionName: string) {
      const { Timeout } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));
      const isReady = async () => {
        const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
        return Configuration?.LastUpdateStatus === 'Successful' && Configuration.State === 'Active';
      };
      while (!(await isReady())) await sleep(20);
    },
    async invoke(FunctionName: string, event: ServiceEvent) {
      const Payload = Buffer.from(JSON.stringify(event));
      await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
    },
    async settled() {
      for (let before = -1; before !== functionCalls().length; ) {
        before = functionCalls().length;
        await sleep(quietMs);
      }
      return functionCalls();
    },
  };
}
