import { contentId } from './content-id.ts';
import type { Change, GroupMessage, ToldFinding } from './group.ts';
import { addCounts, noCounts, worstFirst } from './told-findings.ts';

/** What was over a channel's limit: one message for all of it. */
export interface Digest {
  readonly since: string;
  readonly dueAt: string;
  readonly messages: number;
  readonly total: number;
  readonly counts: Readonly<Record<Change, number>>;
  /** The worst twenty. */
  readonly findings: readonly ToldFinding[];
  /** Whether any of the messages says that something is open. */
  readonly firing: boolean;
}

/** One item of the store, by `channel`. */
export interface ChannelCounter {
  readonly channel: string;
  /** Counted up by every change: the store writes where it is as read. */
  readonly version: number;
  /** Milliseconds since 1970 of the messages of the last hour. */
  readonly sentAt: readonly number[];
  readonly digests: number;
  readonly digest?: Digest;
  /** ISO 8601; absent while a digest waits. */
  readonly expiresAt?: string;
}

export interface Admission {
  readonly counter: ChannelCounter;
  /** Absent: the message goes out now. */
  readonly digestAt?: string;
}

const hour = 3_600_000;
/** How long a digest collects before it goes out, where the limit leaves room for it. */
const collecting = 60_000;

/**
 * Counts a message against its channel's limit. The last place of an hour is kept for a digest, which takes in everything from then on until it is sent;
 * so no hour, wherever it begins, has more messages than the limit. What closes an incident is counted, and goes out all the same.
 */
export function admit(
  counter: ChannelCounter | undefined,
  message: GroupMessage,
  limit: { readonly maxPerHour: number; readonly closes: boolean },
  now: Date,
): Admission {
  const known = recent(counter ?? emptyCounter(message.channel), now);
  const room = known.digest === undefined && known.sentAt.length < limit.maxPerHour - 1;
  if (room || (limit.closes && message.status === 'resolved')) return { counter: sent(known, now) };
  const digest = collected(known, message, limit.maxPerHour, now);
  const { expiresAt: _, ...rest } = known;
  return { counter: { ...rest, version: known.version + 1, digest }, digestAt: digest.dueAt };
}

function emptyCounter(channel: string): ChannelCounter {
  return { channel, version: 0, sentAt: [], digests: 0 };
}

function recent(counter: ChannelCounter, now: Date): ChannelCounter {
  return { ...counter, sentAt: counter.sentAt.filter((at) => at > now.getTime() - hour) };
}

function sent(counter: ChannelCounter, now: Date): ChannelCounter {
  return {
    ...counter,
    version: counter.version + 1,
    sentAt: [...counter.sentAt, now.getTime()],
    ...(!counter.digest && { expiresAt: new Date(now.getTime() + hour).toISOString() }),
  };
}

function collected(
  { digest, sentAt }: ChannelCounter,
  message: GroupMessage,
  maxPerHour: number,
  now: Date,
): Digest {
  return {
    since: digest?.since ?? now.toISOString(),
    dueAt: digest?.dueAt ?? new Date(placeFree(sentAt, maxPerHour, now)).toISOString(),
    messages: (digest?.messages ?? 0) + 1,
    total: (digest?.total ?? 0) + message.total,
    counts: addCounts(digest?.counts ?? noCounts, message.counts),
    findings: worstFirst([...(digest?.findings ?? []), ...message.findings]),
    firing: (digest?.firing ?? false) || message.status !== 'resolved',
  };
}

/** After a minute, or when a message of the last hour leaves it. */
function placeFree(sentAt: readonly number[], maxPerHour: number, now: Date): number {
  const soon = now.getTime() + collecting;
  const leaving = sentAt[sentAt.length - maxPerHour];
  return leaving === undefined ? soon : Math.max(soon, leaving + hour);
}

/** The digest of a channel, once its time has come. */
export function digestDue(
  counter: ChannelCounter,
  now: Date,
): { readonly counter: ChannelCounter; readonly message?: GroupMessage } {
  const { digest, ...rest } = counter;
  const at = now.toISOString();
  if (!digest || at < digest.dueAt) return { counter };
  const groupKey = `digest:${counter.channel}`;
  const { since, messages, total, counts, findings } = digest;
  const message: GroupMessage = {
    id: contentId('msg', [groupKey, counter.digests, since, messages, total]),
    channel: counter.channel,
    groupKey,
    kind: 'digest',
    status: digest.firing ? 'firing' : 'resolved',
    labels: {},
    findings,
    total,
    counts,
    collected: messages,
    at,
    repeat: 0,
  };
  return { counter: { ...sent(recent(rest, now), now), digests: counter.digests + 1 }, message };
}
