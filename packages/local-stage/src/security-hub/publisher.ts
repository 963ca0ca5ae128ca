import type { AccountRegion } from '../types.ts';
import type { SecurityHubEvent, SecurityHubOptions } from './types.ts';

export interface Publisher {
  /** Takes an event and returns; it is published soon. */
  publish(event: SecurityHubEvent, scope: AccountRegion): void;
  /** Waits until nothing is left to publish; throws the first failure since the last call. */
  settled(): Promise<void>;
}

/** Publishes events in the order given, a few at once, so that the API never waits for who listens. */
export function createPublisher(
  publish: SecurityHubOptions['publish'],
  concurrency = 8,
): Publisher {
  const waiting: (() => Promise<void>)[] = [];
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  const next = (): void => {
    const send = running.size < concurrency ? waiting.shift() : undefined;
    if (!send) return;
    const sent = send()
      .catch((failure: unknown) => {
        failures.push(failure);
      })
      .finally(() => {
        running.delete(sent);
        next();
      });
    running.add(sent);
  };
  return {
    publish: (event, scope) => {
      waiting.push(async () => publish(event, scope));
      next();
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
      const [failure] = failures.splice(0);
      if (failure !== undefined) throw failure;
    },
  };
}
