import { isPermanent } from './errors.ts';
import type { Failures, QueueMessage } from './queue-handler.ts';

/**
 * Deals with messages one by one, groups side by side: messages of one group in their order, and none after one that failed, so that the order holds
 * when it comes back.
 *
 * @example
 * export const handler = queueHandler(inOrder((message) => deliver(message.body)));
 */
export function inOrder(
  run: (message: QueueMessage) => Promise<unknown>,
): (messages: readonly QueueMessage[]) => Promise<Failures> {
  return async (messages) => {
    const groups = Map.groupBy(messages, ({ id, group }) => group ?? id);
    const failed = await Promise.all([...groups.values()].map((group) => runGroup(run, group)));
    return new Map(failed.flatMap((failures) => [...failures]));
  };
}

async function runGroup(
  run: (message: QueueMessage) => Promise<unknown>,
  group: readonly QueueMessage[],
): Promise<Failures> {
  const failures = new Map<string, unknown>();
  let isBlocked = false;
  for (const message of group) {
    const error: unknown = isBlocked ? new BlockedError() : await errorOf(run, message);
    if (error === undefined) continue;
    failures.set(message.id, error);
    isBlocked ||= !isPermanent(error);
  }
  return failures;
}

async function errorOf(
  run: (message: QueueMessage) => Promise<unknown>,
  message: QueueMessage,
): Promise<unknown> {
  try {
    await run(message);
    return undefined;
  } catch (error) {
    return error ?? new TypeError('nothing was thrown as an error');
  }
}

/** A message waits for one before it in its group. */
export class BlockedError extends Error {
  override readonly name = 'BlockedError';
  readonly retryable = true;
  /** The queue holds it back by itself as long as the one before is away. */
  readonly retryAfterSeconds = 0;
}
