import { contentId } from './content-id.ts';
import type { Change, GroupMessage, GroupState } from './group.ts';
import { type Reading, toldOf } from './news.ts';
import { tellingOf } from './told-findings.ts';

/** What a message is to say. */
export interface Saying {
  readonly kind: GroupMessage['kind'];
  readonly status: GroupMessage['status'];
  readonly channel: string;
  readonly readings: readonly Reading[];
  /** How the alerts are called where that is not their news. */
  readonly change?: Change;
  readonly level?: number;
}

/** Puts a message together. Its id is made of the group, how many messages it had, and what is told of which alert. */
export function groupMessage(
  group: GroupState,
  saying: Saying,
  sequence: number,
  at: string,
): GroupMessage {
  const { kind, status, channel, readings, change, level } = saying;
  // Templates are written for the route's channel; one that is woken by escalation has its own.
  const { title, body } = channel === group.policy.channel ? group.policy : {};
  const told = readings.map((reading) => {
    const { status: stands, fingerprint, acknowledged } = toldOf(reading, at);
    return [reading.alert.key, reading.news ?? '', stands, fingerprint, acknowledged?.at ?? ''];
  });
  const content = [group.key, sequence, channel, kind, status, level ?? 0, told.toSorted()];
  const { labels, ...telling } = tellingOf(readings, at, change);
  const acknowledgedBy = readings.flatMap(({ news, cover }) =>
    news === 'acknowledged' && cover ? [cover] : [],
  );
  return {
    id: contentId('msg', content),
    channel,
    groupKey: group.key,
    kind,
    status,
    labels: { ...group.values, ...labels },
    ...telling,
    ...(acknowledgedBy.length > 0 && { acknowledgedBy: distinctBy(acknowledgedBy) }),
    ...(level !== undefined && { level }),
    at,
    repeat: kind === 'repeat' ? group.repeats + 1 : 0,
    ...(title !== undefined && { title }),
    ...(body !== undefined && { body }),
  };
}

/** Each person once, with the first time. */
function distinctBy<Given extends { readonly by: string; readonly at: string }>(
  all: readonly Given[],
): readonly Given[] {
  const first = new Map<string, Given>();
  for (const given of all.toSorted((one, other) => (one.at < other.at ? -1 : 1)))
    if (!first.has(given.by)) first.set(given.by, given);
  return [...first.values()];
}
