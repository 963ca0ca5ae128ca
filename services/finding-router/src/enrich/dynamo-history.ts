import { digest } from '@riposte/findings';
import * as z from 'zod';
import { expiryAfter, type Key, type Table } from '../table.ts';
import type { History } from './note-finding.ts';

/** A control that was quiet on a resource for so long starts anew. */
const keptDays = 400;

const entrySchema = z.object({
  resource: z.string(),
  control: z.string(),
  version: z.int(),
  count: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
  open: z.record(z.string(), z.string()),
  outcome: z.object({ because: z.string(), at: z.string() }).exactOptional(),
});

/** `History` in the router's table: one item a resource and control. */
export function dynamoHistory(table: Table, clock: () => Date): History {
  return {
    async of(resource, control) {
      const item = await table.get(keyOf(resource, control));
      return item && entrySchema.parse(item);
    },
    put(entry) {
      const { resource, control, version } = entry;
      const item = { ...entry, expiresAt: expiryAfter(keptDays, clock()) };
      return table.putAll([{ key: keyOf(resource, control), item, onVersion: version - 1 }]);
    },
  };
}

function keyOf(resource: string, control: string): Key {
  return { pk: `history#${digest(resource, control)}`, sk: 'entry' };
}
