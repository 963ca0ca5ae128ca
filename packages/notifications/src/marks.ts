import type { AlertMarks, MarkedAlert, Told } from './alert.ts';
import { contentId } from './content-id.ts';
import type { GroupReading, Heard, HeldReading } from './group-reading.ts';
import { isTakenBack, toldOf } from './news.ts';
import { forgottenAt, isOpen } from './settle.ts';

const day = 86_400_000;
/** An alert that is over stays so long, so that an old version of its finding that comes late opens nothing. */
export const keptAfterEnd = 7 * day;

/** What a flush notes on alerts, and the name by which the group confirms it. Alerts on which nothing changes have no mark. */
export function marksOf(
  reading: GroupReading,
  { telling }: Heard,
): { readonly marks: readonly MarkedAlert[]; readonly flush?: string } {
  const flush = telling.length > 0 ? flushOf(reading, telling) : reading.group.flush;
  const marks = reading.readings.flatMap((one): MarkedAlert[] => {
    const marked =
      flush !== undefined && telling.includes(one)
        ? tellingMarks(one, reading, flush)
        : quietMarks(one, reading);
    return marked ? [{ groupKey: one.stored.groupKey, key: one.stored.key, marks: marked }] : [];
  });
  return { marks, ...(flush !== undefined && { flush }) };
}

/** Named by what is told of which alert, so that two functions that tell the same confirm the same. */
function flushOf({ group, at }: GroupReading, telling: readonly HeldReading[]): string {
  const told = telling.map((one) => {
    const { status, fingerprint } = toldOf(one, at);
    return [one.alert.key, status, fingerprint];
  });
  return contentId('flu', [group.key, group.sequence, told.toSorted()]);
}

function tellingMarks(one: HeldReading, { at, now }: GroupReading, flush: string): AlertMarks {
  const { told } = one.alert;
  return {
    ...(told && { told }),
    telling: { ...toldOf(one, at), flush },
    expiresAt: isOpen(one.alert) ? forgottenAt(one.alert) : endOf(now),
  };
}

/** What changes without a word: an end that nobody is told of, an acknowledgement taken back, and what the flush before has told. */
function quietMarks(one: HeldReading, { now }: GroupReading): AlertMarks | undefined {
  const { alert, stored } = one;
  const told = quietlyTold(one);
  const expiresAt = isOpen(alert) ? forgottenAt(alert) : overUntil(one, now);
  if (told === stored.told && !stored.telling && expiresAt === stored.expiresAt) return undefined;
  return { ...(told && { told }), expiresAt };
}

function quietlyTold(one: HeldReading): Told | undefined {
  const { told } = one.alert;
  if (one.news === 'dropped' || !told) return undefined;
  if (!isTakenBack(one)) return told;
  const { acknowledged: _, ...rest } = told;
  return { ...rest, status: 'open' };
}

function endOf(now: Date): string {
  return new Date(now.getTime() + keptAfterEnd).toISOString();
}

/** An end is noticed once, and counted from then. */
function overUntil({ stored, news }: HeldReading, now: Date): string {
  const isNoticed = Date.parse(stored.expiresAt) <= now.getTime() + keptAfterEnd + day;
  return news === 'resolved' || isNoticed ? stored.expiresAt : endOf(now);
}
