import type { BenchContext, Benchmark } from '../benchmark.ts';
import type { Measurement } from '../result.ts';
import { interleaved } from '../statistics.ts';
import { answerTime, type Moment } from './answer-time.ts';
import { type Answerers, findAnswerers, outboxAppId } from './answerers.ts';
import { countCalls } from './count-calls.ts';
import { type CustodianTools, custodianName, custodianTools } from './custodian-tools.ts';
import { deployBare } from './deploy-bare.ts';
import { fetchBundle } from './fetch-bundle.ts';
import { type GuardWorld, startWorld } from './guard-world.ts';
import { loadTime } from './load-time.ts';
import { ownCodeTime } from './own-code-time.ts';
import { custodianFunction, provisionCustodian } from './provision-custodian.ts';

const bareName = 'a bare function';
const megabyte = 1_000_000;

/** Limits that issue 3 names in 5.4. */
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
  const bareBundle = await deployBare(world, tools, riposte.functionName);
  const deployed = await fetchBundle(world, tools, riposte.functionName);
  const env = { ...world.stage.env, ...deployed.environment };
  const loading = await interleaved(
    { ours: () => loadTime(deployed.bundle, env), peer: () => loadTime(bareBundle, env) },
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
  const { own, cpu } = await ownCodeTime(world, deployed, { rounds: 25, warmUps: 10 });
  const peer = { peerName: bareName, limit: limits.bare };
  return [
    { case: 'cold start: loading', unit: 'ms', ...loading, ...peer },
    { case: 'cold start: start and first answer', unit: 'ms', ...first, ...peer },
    { case: 'warm answer: in our own code', unit: 'ms', ours: own, limit: limits.ownCodeMs },
    { case: 'warm answer: processor time in all', unit: 'ms', ours: cpu },
  ];
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
