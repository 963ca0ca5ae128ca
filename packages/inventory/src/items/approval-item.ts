import * as z from 'zod';
import type { Approval } from '../model/approval.ts';
import { time } from './shapes.ts';
import { type ItemKey, nodePartition } from './tracked-item.ts';

/** The sort keys of approvals begin so; what follows is their id, which sorts by time. */
export const approvalPrefix = 'approval#';

/** An approval, as an item. */
export function approvalItem(approval: Approval): Approval & ItemKey {
  return { pk: nodePartition(approval), sk: `${approvalPrefix}${approval.id}`, ...approval };
}

const stored = z.object({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  node: z.string(),
  type: z.string(),
  prefix: z.string(),
  versionId: z.string(),
  names: z.array(z.string()).exactOptional(),
  by: z.string(),
  why: z.string(),
  at: time,
  until: time.exactOptional(),
});

/**
 * Reads an item back.
 *
 * @returns undefined where it is no approval.
 */
export function readApprovalItem(item: unknown): Approval | undefined {
  const { data } = stored.safeParse(item);
  return data;
}
