import { join } from 'node:path';
import type { BenchContext, Benchmark } from '../benchmark.ts';
import type { Measurement } from '../result.ts';
import { interleaved, median } from '../statistics.ts';
import { answerTime, type Moment } from './answer-time.ts';
import { type Answerers, findAnswerers, outboxAppId } from './answerers.ts';
import { bundleWatched } from './bundle.ts';
import { countCalls } from './count-calls.ts';
import { type CustodianTools, custodianName, custodianTools } from './custodian-tools.ts';
import { deployBare } from './deploy-bare.ts';
import { type DeployedFunction, fetchBundle } from './fetch-bundle.ts';
import { type GuardWorld, startWorld } from './guard-world.ts';
import { loadTime } from './load-time.ts';
import { type OwnProcess, type OwnTime, startOwnProcess } from './own-code-time.ts';
import { custodianFunction, provisionCustodian } from './provision-custodian.ts';

const bareName = 'a bare function';
const megabyte = 1_000_000;

/** What the guard is held to. */
const limits = { cold: 0.5, warm: 1, bare: 1.5, ownCodeMs: 5, zipBytes: megabyte } as const;

/** The guard beside Cloud Custodian's own answer to the same event, on one stage. */
export const guard: Benchmark = {
  name: 'guard',
  title: 'a stopped trail runs again, beside Cloud Custodian on the same stage',
  timeoutMs: 600_000,
  measure,
};

async function measure(context: BenchContext): Promise<readonly Measurement[]> {
  const { onProgress } = context;
  const tools = await custodianTools(context.env, onProgress);
  const world = await startWorld(context, tools);
  try {
    await world.stage.deploy(['foundation', 'cloudtrail-guard']);
    await world.stage.standStill();
    onProgress('deploying Cloud Custodian ...');
    await provisionCustodian(world.stage, tools, world.temporary);
    const answerers = await findAnswerers(world);
    onProgress('counting calls ...');
    const counted = await countCalls(world, answerers);
    onProgress('answering in turns ...');
    const timed = await timeAnswers(world, answerers);
    onProgress('comparing with a bare function ...');
    const bare = await compareWithBare(world, answerers, tools);
    return [...timed, ...counted, ...bare, ...zipSizes(answerers)];
  } finally {
    world.lambda.destroy();
    await world.stage.stop();
  }
}

const recorded: Moment = {
  what: 'UpdateItem',
  is: ({ appId, operation }) => appId !== outboxAppId && operation === 'UpdateItem',
};
const told: Moment = {
  what: 'Publish',
  is: ({ appId, operation }) => appId === outboxAppId && operation === 'Publish',
};

async function timeAnswers(
  world: GuardWorld,
  { riposte, custodian }: Answerers,
): Promise<readonly Measurement[]> {
  const beside = (cold: boolean, rounds: number) =>
    interleaved(
      {
        ours: () => answerTime(world, riposte, { cold }),
        peer: () => answerTime(world, custodian, { cold }),
      },
      { rounds },
    );
  const cold = await beside(true, 9);
  const warm = await beside(false, 21);
  const until = (moment: Moment) => answerTime(world, riposte, { cold: false, until: moment });
  const further = await interleaved(
    { ours: () => until(recorded), peer: () => until(told) },
    { rounds: 9 },
  );
  const peerName = custodianName;
  return [
    { case: 'until the trail logs again, cold', unit: 'ms', ...cold, peerName, limit: limits.cold },
    { case: 'until the trail logs again, warm', unit: 'ms', ...warm, peerName, limit: limits.warm },
    { case: 'until it is proven and recorded, warm', unit: 'ms', ours: further.ours },
    { case: 'until people are told, warm', unit: 'ms', ours: further.peer },
  ];
}

async function compareWithBare(
  world: GuardWorld,
  { riposte, bare }: Answerers,
  tools: CustodianTools,
): Promise<readonly Measurement[]> {
  await deployBare(world, tools, riposte.functionName);
  const ours = await fetchBundle(world, tools, riposte.functionName);
  const peer = await fetchBundle(world, tools, bare.functionName);
  const load = ({ bundle, environment }: DeployedFunction) =>
    loadTime(bundle, { ...world.stage.env, ...environment });
  const loading = await interleaved(
    { ours: () => load(ours), peer: () => load(peer) },
    { rounds: 15 },
  );
  const options = { cold: true, until: recorded };
  const first = await interleaved(
    {
      ours: () => answerTime(world, riposte, options),
      peer: () => answerTime(world, bare, options),
    },
    { rounds: 9 },
  );
  const beside = { unit: 'ms', peerName: bareName } as const;
  return [
    { case: 'cold start: start and first answer', ...beside, ...first, limit: limits.bare },
    { case: 'cold start: of this, loading', ...beside, ...loading },
    ...(await timeOwnCode(world, ours.environment)),
  ];
}

async function timeOwnCode(
  world: GuardWorld,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Measurement[]> {
  const bundles = await bundleWatched(join(world.temporary, 'watched'));
  const processes: OwnProcess[] = [];
  const started = async (bundle: string) => {
    const process = await startOwnProcess(world, bundle, environment);
    processes.push(process);
    return process;
  };
  try {
    const ours = await started(bundles.ours);
    const peer = await started(bundles.peer);
    const times: OwnTime[] = [];
    const work = await interleaved(
      {
        ours: async () => {
          const time = await ours.answer();
          times.push(time);
          return time.workMs;
        },
        peer: async () => (await peer.answer()).workMs,
      },
      { rounds: 25 },
    );
    const own = median(times.map(({ ownMs }) => ownMs));
    const cpu = median(times.map(({ cpuMs }) => cpuMs));
    const title = 'warm answer: ';
    return [
      { case: `${title}in our own code`, unit: 'ms', ours: own, limit: limits.ownCodeMs },
      { case: `${title}in our own code and the SDK's`, unit: 'ms', ...work, peerName: bareName },
      { case: `${title}processor time in all`, unit: 'ms', ours: cpu },
    ];
  } finally {
    for (const process of processes) process.end();
  }
}

function zipSizes({ zipBytes }: Answerers): readonly Measurement[] {
  const peer = zipBytes.get(custodianFunction) ?? 0;
  return [...zipBytes]
    .filter(([name]) => name.startsWith('riposte-'))
    .map(([name, ours]) => ({
      case: `zip: ${name.replace(/^riposte-|-local/g, '')}`,
      unit: 'bytes',
      ours,
      ...{ peer, peerName: custodianName, limit: limits.zipBytes },
    }));
}
