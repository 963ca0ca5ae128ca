import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { NotMeasuredError } from '../errors.ts';
import { isLogging } from './answer-time.ts';
import type { GuardWorld } from './guard-world.ts';

/** What one answer took, in milliseconds. */
export interface OwnTime {
  /** Time in which the handler ran and no call of a client was under way: our own code. */
  readonly ownMs: number;
  /** Time in which the handler ran and no request was under way: our own code, and the SDK's before and after each request. */
  readonly workMs: number;
  /** Processor time of the whole process meanwhile: connections, garbage collection and the compiler included. */
  readonly cpuMs: number;
}

/** A watched bundle in a process of its own, with its clients pointed at the stage. */
export interface OwnProcess {
  /**
   * Answers a trail that was stopped for it.
   *
   * @throws NotMeasuredError when the trail does not log afterwards.
   */
  answer(): Promise<OwnTime>;
  end(): void;
}

/** The engine compiles what is called often: a warm instance has answered before. */
const warmUps = 40;

/**
 * Starts a watched bundle and lets it warm up.
 *
 * @param environment of the function as it was deployed.
 */
export async function startOwnProcess(
  world: GuardWorld,
  bundle: string,
  environment: Readonly<Record<string, string>>,
): Promise<OwnProcess> {
  const child = fork(join(import.meta.dirname, 'own-code-child.ts'), [bundle], {
    env: { ...world.stage.env, ...environment },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const answer = async () => {
    const { name, event } = await world.stoppedTrail();
    const message = nextMessage(child);
    child.send(event);
    const time = timeOf(await message);
    if (!(await isLogging(world, name))) {
      throw new NotMeasuredError(`${bundle} did not start ${name}`, 'does it run on the stage?');
    }
    await world.removeTrail(name);
    return time;
  };
  try {
    await nextMessage(child);
    for (let round = 0; round < warmUps; round++) await answer();
    await world.settled();
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    async answer() {
      const time = await answer();
      await world.settled();
      return time;
    },
    end: () => child.kill('SIGKILL'),
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      child.off('exit', ended).off('message', answered);
    };
    const failed = (what: string) => {
      done();
      reject(new NotMeasuredError(`a bundle ${what}`, 'does it run on the stage?'));
    };
    const ended = () => failed('ended in its own process');
    const answered = (message: unknown) => {
      done();
      resolve(message);
    };
    const timer = setTimeout(() => failed('did not answer within 30 s'), 30_000);
    child.once('exit', ended).once('message', answered);
  });
}

function timeOf(message: unknown): OwnTime {
  const said = typeof message === 'object' && message !== null ? message : {};
  const figure = (name: keyof OwnTime): number => {
    const value: unknown = Reflect.get(said, name);
    if (typeof value === 'number') return value;
    throw new NotMeasuredError(
      `a bundle failed in its own process: ${JSON.stringify(message)}`,
      'does it run on the stage?',
    );
  };
  return { ownMs: figure('ownMs'), workMs: figure('workMs'), cpuMs: figure('cpuMs') };
}
