import { randomUUID } from 'node:crypto';
import {
  type Approval,
  approvalCovers,
  formatInventoryKey,
  type TrackedInventory,
} from '@riposte/inventory';
import { NotificationError, parseDuration } from '@riposte/notifications';
import { InvalidOptionError, RefusedError } from '../errors.ts';
import { parseMoment } from '../parse-moment.ts';
import { driftOf, type InventoryDrift } from './fim-diff.ts';
import { findInventories, type InventoryQuery } from './find-inventories.ts';
import type { FimPorts } from './ports.ts';

/** What a person approves, as the command line has it. */
export interface ApproveRequest extends InventoryQuery {
  readonly node: string;
  /** Names or globs of names; everything that differs, and the baseline, when empty. */
  readonly names: readonly string[];
  readonly reason: string;
  /** How long, e.g. `8h`; or `until`, a time; for good when neither is given. */
  readonly for?: string;
  readonly until?: string;
}

/** One approval that would be given, and what it covers. */
export interface PlannedApproval {
  readonly tracked: TrackedInventory;
  readonly approval: Approval;
  readonly covered: InventoryDrift;
}

/**
 * What an approval would cover, as the node was seen last. Nothing is written.
 *
 * @throws NotFoundError, InvalidOptionError; RefusedError where it covers nothing.
 */
export async function planApproval(
  request: ApproveRequest,
  ports: FimPorts,
): Promise<readonly PlannedApproval[]> {
  if (request.reason.trim() === '') {
    throw new InvalidOptionError('--reason', 'is empty', 'say why, e.g. --reason "change 4711"');
  }
  const until = endOf(request, ports.clock());
  const planned: PlannedApproval[] = [];
  for (const tracked of await findInventories(request, ports)) {
    const drift = await driftOf(tracked, ports);
    const approval = approvalOf(tracked, { ...request, ...(until && { until }) }, ports);
    const entries = drift.entries.filter((entry) => approvalCovers(approval, entry));
    const isBaseline = request.names.length === 0 && tracked.baseline.approvalId === undefined;
    if (entries.length > 0 || isBaseline) {
      planned.push({ tracked, approval, covered: { ...drift, entries } });
    }
  }
  if (planned.length > 0) return planned;
  throw new RefusedError(
    'nothing that differs from the approved state is covered',
    `look: riposte fim diff ${request.node}`,
  );
}

function endOf({ for: duration, until }: ApproveRequest, now: Date): string | undefined {
  if (duration !== undefined && until !== undefined) {
    const remedy = 'give one of them, e.g. --for 8h';
    throw new InvalidOptionError('--for, --until', 'an approval has one end', remedy);
  }
  if (duration !== undefined) return new Date(now.getTime() + milliseconds(duration)).toISOString();
  if (until === undefined) return undefined;
  const end = parseMoment(until, '--until');
  if (end > now) return end.toISOString();
  throw new InvalidOptionError('--until', 'that is over', 'give a time to come');
}

function milliseconds(duration: string): number {
  try {
    return parseDuration(duration);
  } catch (cause) {
    if (!(cause instanceof NotificationError)) throw cause;
    throw new InvalidOptionError('--for', cause.message, 'e.g. --for 8h', { cause });
  }
}

function approvalOf(
  { key, seen }: TrackedInventory,
  { names, reason, until }: ApproveRequest,
  { caller, clock }: FimPorts,
): Approval {
  const at = clock();
  const { account, region, node, type, prefix } = key;
  return {
    id: `fim-${at.toISOString().replaceAll(/[-:.]/g, '')}-${randomUUID().slice(0, 8)}`,
    ...{ account, region, node, type, prefix, versionId: seen.versionId },
    ...(names.length > 0 && { names }),
    by: caller,
    why: reason,
    at: at.toISOString(),
    ...(until !== undefined && { until }),
  };
}

/** Whether the detector has taken an approval in. */
export type Outcome = 'applied' | 'waiting';

const pollMs = 1000;

/** Gives approvals, and waits until the detector has taken them in; at most so long. */
export async function giveApprovals(
  planned: readonly PlannedApproval[],
  waitMs: number,
  ports: FimPorts,
): Promise<Outcome> {
  for (const { approval, tracked } of planned) {
    await ports.approve(approval);
    const { bucket, key } = tracked;
    await ports.send({ riposte: 'look', bucket, key: formatInventoryKey(key), reason: 'approval' });
  }
  const until = ports.clock().getTime() + waitMs;
  for (;;) {
    const moved = await Promise.all(planned.map(async ({ tracked }) => hasMoved(tracked, ports)));
    if (moved.every(Boolean)) return 'applied';
    if (ports.clock().getTime() >= until) return 'waiting';
    await ports.wait(pollMs);
  }
}

async function hasMoved(tracked: TrackedInventory, ports: FimPorts): Promise<boolean> {
  const now = await ports.inventory(tracked);
  return now === undefined || now.revision > tracked.revision;
}
