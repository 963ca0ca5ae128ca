import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { NotMeasuredError } from '../errors.ts';
import { median } from '../statistics.ts';
import type { DeployedFunction } from './fetch-bundle.ts';
import type { GuardWorld } from './guard-world.ts';

/** Medians, in milliseconds. */
export interface OwnCodeTime {
  /** Time in which the handler ran and no call was under way: our code, and the SDK's around the calls. */
  readonly own: number;
  /** Processor time of the whole process: own code, connections, garbage collection, the compiler. */
  readonly cpu: number;
}

/**
 * Runs a function's deployed bundle in a process of its own, with its clients pointed at the stage, and measures what a warm answer takes
 * besides waiting for AWS.
 *
 * @param warmUps answers before those that count.
 */
export async function ownCodeTime(
  world: GuardWorld,
  { bundle, handler, environment }: DeployedFunction,
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): Promise<OwnCodeTime> {
  const child = fork(join(import.meta.dirname, 'own-code-child.ts'), [bundle, handler], {
    env: { ...world.stage.env, ...environment, AWS_LAMBDA_FUNCTION_NAME: 'restart-trail' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    await nextMessage(child);
    const own: number[] = [];
    const cpu: number[] = [];
    for (let round = 0; round < rounds + warmUps; round++) {
      const { name, event } = await world.stoppedTrail();
      const answer = nextMessage(child);
      child.send(event);
      const { ownMs, cpuMs } = figuresOf(await answer);
      await world.settled();
      await world.removeTrail(name);
      if (round < warmUps) continue;
      own.push(ownMs);
      cpu.push(cpuMs);
    }
    return { own: median(own), cpu: median(cpu) };
  } finally {
    child.kill('SIGKILL');
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const failed = (what: string) =>
      reject(
        new NotMeasuredError(`the bundle of restart-trail ${what}`, 'does it run on the stage?'),
      );
    const timer = setTimeout(() => failed('did not answer within 30 s'), 30_000);
    const ended = () => {
      clearTimeout(timer);
      failed('ended');
    };
    child.once('exit', ended);
    child.once('message', (message) => {
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(message);
    });
  });
}

function figuresOf(message: unknown): { readonly ownMs: number; readonly cpuMs: number } {
  const said = typeof message === 'object' && message !== null ? message : {};
  const ownMs: unknown = Reflect.get(said, 'ownMs');
  const cpuMs: unknown = Reflect.get(said, 'cpuMs');
  const isRestarted = JSON.stringify(Reflect.get(said, 'result') ?? '').includes('"verified"');
  if (typeof ownMs === 'number' && typeof cpuMs === 'number' && isRestarted) {
    return { ownMs, cpuMs };
  }
  throw new NotMeasuredError(
    `the bundle of restart-trail did not restart the trail: ${JSON.stringify(message)}`,
    'does it run on the stage?',
  );
}
