import type { Finding } from '@riposte/findings';
import type { AlertStatus } from '@riposte/notifications';

/** How far people have come with a finding: what the times to acknowledge and to resolve it count from. */
export interface FindingLife {
  /** ISO 8601: the event by which it was first seen open, or open again; absent while it is not open. */
  readonly openSince?: string;
  readonly acknowledged: boolean;
  /** By format: how the copy last stood. */
  readonly stands: Readonly<Partial<Record<Finding['format'], AlertStatus>>>;
}

/** How a copy of a finding stands by an event. */
export interface Stand {
  readonly format: Finding['format'];
  readonly status: AlertStatus;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * The life of a finding after an event. It ends with the first of its copies that is resolved; a copy that nobody has closed yet does not open it
 * again, one that was closed and is open does.
 */
export function lifeAfter(
  before: FindingLife | undefined,
  { format, status, at }: Stand,
): FindingLife {
  const stands = { ...before?.stands, [format]: status };
  if (status === 'resolved') return { acknowledged: false, stands };
  const { openSince } = before ?? {};
  if (openSince !== undefined) {
    return { openSince, acknowledged: isAcknowledged(before, status), stands };
  }
  const opens = before === undefined || before.stands[format] === 'resolved';
  if (!opens) return { acknowledged: false, stands };
  return { openSince: at, acknowledged: status === 'acknowledged', stands };
}

function isAcknowledged(before: FindingLife | undefined, status: AlertStatus): boolean {
  return before?.acknowledged === true || status === 'acknowledged';
}

/** Milliseconds that people took, each where an event brought it. */
export interface LifeTimes {
  readonly toAcknowledge?: number;
  readonly toResolve?: number;
}

/** How long it took from `openSince` to what an event brought; nothing where the event brought neither. */
export function timesOf(
  before: FindingLife | undefined,
  after: FindingLife,
  at: string,
): LifeTimes {
  if (before?.openSince === undefined) return {};
  const passed = Date.parse(at) - Date.parse(before.openSince);
  if (Number.isNaN(passed)) return {};
  const took = Math.max(0, passed);
  if (after.openSince === undefined) return { toResolve: took };
  return after.acknowledged && !before.acknowledged ? { toAcknowledge: took } : {};
}
