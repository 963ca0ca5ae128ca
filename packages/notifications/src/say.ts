import type { GroupMessage, HeldBack } from './group.ts';
import { groupMessage } from './group-message.ts';
import type { GroupReading, Heard, HeldReading } from './group-reading.ts';
import { isOpen, isTold } from './settle.ts';

/** What a group tells its channel now: its news, or once more that it is open. */
export function newsOf(reading: GroupReading): Heard {
  const { readings, ready, group } = reading;
  const news = readings.filter(({ news }) => news !== undefined && news !== 'dropped');
  // Whoever was told of it is told of its end, whatever has been silenced since.
  const free = news.filter(({ hold }) => hold === undefined);
  const telling = ready ? free : [];
  const waiting = ready ? news.filter(({ hold }) => hold !== undefined) : news;
  const known = readings.filter(
    (one) => isOpen(one.alert) && (isTold(one.alert) || telling.includes(one)),
  );
  const heard = { telling, waiting, known, held: heldBack(reading, news) };
  const said = telling.length > 0 ? undefined : repeated(reading, known);
  if (telling.length === 0 && !said) return { ...heard, messages: [] };
  const kind = said ? 'repeat' : 'news';
  const status = statusOf(known);
  const others = known.filter(({ news, hold }) => news === undefined && hold === undefined);
  const listed = said ?? [...telling, ...(status === 'firing' ? others : [])];
  // Channels that heard of it by escalation hear how it ends.
  const ending = status === 'firing' ? [] : (group.escalated ?? []);
  const messages = [group.policy.channel, ...ending].map((channel, index) => {
    const sequence = group.sequence + index;
    return groupMessage(group, { kind, status, channel, readings: listed }, sequence, reading.at);
  });
  return { ...heard, kind, status, messages };
}

function statusOf(known: readonly HeldReading[]): GroupMessage['status'] {
  if (known.length === 0) return 'resolved';
  return known.some(({ cover }) => cover === undefined) ? 'firing' : 'acknowledged';
}

/** What has to be told once more: open, told, taken on by nobody, and not kept quiet. */
function repeated(
  { group, now, muted }: GroupReading,
  known: readonly HeldReading[],
): readonly HeldReading[] | undefined {
  const { repeat } = group.policy;
  if (repeat === undefined || group.lastAt === undefined || muted) return undefined;
  if (now.getTime() < Date.parse(group.lastAt) + repeat) return undefined;
  const loud = known.filter(isLoud);
  return loud.length > 0 ? loud : undefined;
}

/** Nobody has taken it on, and nothing keeps quiet about it. */
export function isLoud({ cover, hold }: HeldReading): boolean {
  return cover === undefined && hold === undefined;
}

/** Why people are not told of what could be told by now. */
function heldBack(
  { group, readings, muted, ready }: GroupReading,
  news: readonly HeldReading[],
): readonly HeldBack[] {
  const groupKey = group.key;
  const holds = ready || muted ? news.flatMap(({ hold }) => hold ?? []) : [];
  const taken = readings.flatMap((one) => takenOn(one) ?? []);
  if (!muted || news.length === 0) return [...holds, ...taken];
  const { reason, by, until } = muted;
  const mute = { groupKey, reason, by, ...(until && { until: until.toISOString() }) };
  return [mute, ...holds, ...taken];
}

/** A change that would be told if nobody had taken the finding on. */
function takenOn({ alert, news, cover }: HeldReading): HeldBack | undefined {
  const { key, groupKey, facts, told, fingerprint } = alert;
  if (news !== undefined || !cover || told?.fingerprint === fingerprint) return undefined;
  const { by, via, at } = cover;
  const detail = `${via}, ${at}`;
  return { groupKey, alert: key, finding: facts.key, reason: 'acknowledged', by, detail };
}
