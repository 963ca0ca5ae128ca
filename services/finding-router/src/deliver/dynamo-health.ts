import * as z from 'zod';
import { readMessage } from '../read-message.ts';
import { expiryAfter, type Key, type Table } from '../table.ts';
import type { Health } from './breaker.ts';
import type { HealthStore } from './ports.ts';

/** What nobody has written for so long says nothing any more. */
const keptDays = 30;

const text = z.string();
const schema: z.ZodType<Health> = z.object({
  version: z.number(),
  failures: z.number(),
  openings: z.number(),
  pausedUntil: text.exactOptional(),
  probeUntil: text.exactOptional(),
});

/** `HealthStore` in the router's table: one item a channel, `channel#NAME` / `health`. */
export function dynamoHealth(table: Table, clock: () => Date): HealthStore {
  const keyOf = (channel: string): Key => ({ pk: `channel#${channel}`, sk: 'health' });
  return {
    async read(channel) {
      const item = await table.get(keyOf(channel));
      return item && readMessage(schema, item);
    },
    write(channel, health) {
      const item = { ...health, expiresAt: expiryAfter(keptDays, clock()) };
      const onVersion = health.version - 1;
      return table.putAll([{ key: keyOf(channel), item, onVersion, orGone: true }]);
    },
  };
}
