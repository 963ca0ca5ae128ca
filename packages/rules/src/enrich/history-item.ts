import { digest } from '@riposte/findings';
import * as z from 'zod';
import type { HistoryEntry } from './history-entry.ts';

const schema = z.object({
  resource: z.string(),
  control: z.string(),
  version: z.int(),
  count: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
  open: z.record(z.string(), z.string()),
  outcome: z.object({ because: z.string(), at: z.string() }).exactOptional(),
});

/** Where a history lies in the router's table: one item a resource and control. */
export function historyItemKey(
  resource: string,
  control: string,
): { readonly pk: string; readonly sk: string } {
  return { pk: `history#${digest(resource, control)}`, sk: 'entry' };
}

/**
 * Reads an item of the router's table.
 *
 * @throws ZodError for what is no history.
 */
export function readHistoryItem(item: unknown): HistoryEntry {
  return schema.parse(item);
}
