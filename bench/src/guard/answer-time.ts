import type { RecordedCall } from '@riposte/local-stage';
import { NotMeasuredError } from '../errors.ts';
import type { GuardWorld } from './guard-world.ts';

/** A function that answers stopped trails, and how its calls are told from others'. */
export interface Answerer {
  readonly functionName: string;
  readonly isOwn: (call: RecordedCall) => boolean;
}

/** One moment of an answer: the answer of a call. */
export interface Moment {
  readonly what: string;
  readonly is: (call: RecordedCall) => boolean;
}

/** StartLogging was answered: the trail logs again. */
export const logsAgain: Moment = {
  what: 'StartLogging',
  is: ({ operation }) => operation === 'StartLogging',
};

interface AnswerOptions {
  /** A new instance of the function answers. */
  readonly cold: boolean;
  readonly until?: Moment;
}

/**
 * Stops a trail, hands the event to one function, and measures the time from that until the moment asked for. No other function gets the
 * event. Afterwards everybody has come to rest, the trail was read, and it logs.
 *
 * @returns Milliseconds.
 * @throws NotMeasuredError when the function did not start the trail, or another did.
 */
export async function answerTime(
  world: GuardWorld,
  { functionName, isOwn }: Answerer,
  { cold, until = logsAgain }: AnswerOptions,
): Promise<number> {
  const { name, event } = await world.stoppedTrail();
  if (cold) await world.coolDown(functionName);
  world.stage.clearCalls();
  const moment = world.watch.answered(
    `${until.what} by ${functionName}`,
    (call) => isOwn(call) && until.is(call),
  );
  const started = performance.now();
  const [ended] = await Promise.all([moment, world.invoke(functionName, event)]);
  const calls = await world.settled();
  const starters = calls.filter(logsAgain.is);
  if (starters.length !== 1 || !starters.every(isOwn) || !(await isLogging(world, name))) {
    throw new NotMeasuredError(
      `${functionName} did not start ${name}, or not alone`,
      `calls: ${calls.map(({ service, operation }) => `${service}:${operation}`).join(', ')}`,
    );
  }
  await world.removeTrail(name);
  return ended - started;
}

/** What GetTrailStatus says. */
export async function isLogging({ stage }: GuardWorld, name: string): Promise<boolean> {
  const { output } = await stage.play.apiCall({
    service: 'cloudtrail',
    operation: 'GetTrailStatus',
    input: { Name: name },
    deliver: false,
  });
  return typeof output === 'object' && output !== null && Reflect.get(output, 'IsLogging') === true;
}
