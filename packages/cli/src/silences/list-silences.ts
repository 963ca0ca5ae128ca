import { escapeText } from '@riposte/findings';
import { isActive, type Silence } from '@riposte/notifications';
import { fitColumns } from '../format/fit-columns.ts';
import type { SilencesPorts } from './ports.ts';

export type SilenceStatus = 'active' | 'pending' | 'ended';

/** A silence, and how it stands. */
export interface ListedSilence extends Silence {
  readonly status: SilenceStatus;
}

/** Silences that hold or will hold, those that end first in front; with `all`, also those that have ended. */
export async function listSilences(
  all: boolean,
  ports: SilencesPorts,
): Promise<readonly ListedSilence[]> {
  const now = ports.clock();
  return (await ports.silences())
    .map(({ silence }) => ({ ...silence, status: statusOf(silence, now) }))
    .filter(({ status }) => all || status !== 'ended')
    .toSorted((one, other) => (one.endsAt < other.endsAt ? -1 : 1));
}

function statusOf(silence: Silence, now: Date): SilenceStatus {
  if (isActive(silence, now)) return 'active';
  return silence.startsAt > now.toISOString() ? 'pending' : 'ended';
}

/** Silences as people read them. */
export function silencesTable(silences: readonly ListedSilence[], width?: number): string {
  if (silences.length === 0) return 'No silences.';
  const rows = silences.map((one) => [
    one.id.slice(0, shownId),
    one.status,
    one.endsAt.slice(0, 16).replace('T', ' ') + (one.untilResolved ? ' or resolved' : ''),
    escapeText(one.author.split('/').at(-1) ?? '', 60),
    escapeText(one.reason, 120),
    matchersText(one),
  ]);
  const headings = ['ID', 'STATUS', 'ENDS', 'AUTHOR', 'REASON', 'MATCHES'];
  return fitColumns(headings, rows, width === undefined ? {} : { width });
}

/** `sil-` and 12 digits: enough to tell silences apart. */
const shownId = 16;

/** What a silence is for, on one line. */
export function matchersText({ matchers }: Pick<Silence, 'matchers'>): string {
  return matchers
    .map(({ label, op, value }) => `${escapeText(label, 100)}${op}${escapeText(value, 200)}`)
    .join(' ');
}
