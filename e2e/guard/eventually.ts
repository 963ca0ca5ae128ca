import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;

/**
 * Reads until there is something, and answers it.
 *
 * @param what is said when it does not come about within the limit, with what the last look failed with, if it did.
 */
export async function eventually<T>(
  what: string,
  read: () => Promise<T | undefined>,
  limitMs = 30_000,
): Promise<T> {
  const until = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() > until) throw new RangeError(`not within ${limitMs} ms: ${what}`);
    await sleep(pollMs);
  }
}

const quietMs = 750;

/** Waits until a count has not changed for a while: a cold function takes up to half a second to its first call. */
export async function untilQuiet(count: () => number, limitMs = 60_000): Promise<void> {
  const until = Date.now() + limitMs;
  let last = count();
  for (let since = Date.now(); Date.now() - since < quietMs; ) {
    if (Date.now() > until) throw new RangeError(`not quiet within ${limitMs} ms`);
    await sleep(pollMs);
    if (count() === last) continue;
    last = count();
    since = Date.now();
  }
}
