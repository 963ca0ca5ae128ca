import type { Finding } from '@riposte/findings';

/** What is remembered of one control on one resource. */
export interface HistoryEntry {
  readonly resource: string;
  readonly control: string;
  /** Counts the writes. */
  readonly version: number;
  /** How often it failed: findings that were opened, or opened again. */
  readonly count: number;
  /** ISO 8601: the first and the last of these. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** Keys of findings that are open, and since when. */
  readonly open: Readonly<Record<string, string>>;
  /** How the last one that was closed ended. */
  readonly outcome?: { readonly because: string; readonly at: string };
}

/** What a finding says about its history: open or closed, and when that was heard. */
export interface Sighting {
  readonly key: string;
  readonly closed: boolean;
  /** Why, e.g. `check passed`. */
  readonly because?: string;
  /** ISO 8601: the time of the event. */
  readonly at: string;
}

/** More open findings of one control on one resource than this are one and the same, told again and again under new ids. */
const mostOpen = 50;

/** What a history is kept by: the first resource, and the control, else whatever the provider names its check by. */
export function historyKey(finding: Finding): {
  readonly resource: string;
  readonly control: string;
} {
  const { resources, securityControlId, generatorId, types, title } = finding;
  return {
    resource: resources[0]?.id ?? '',
    control: securityControlId ?? generatorId ?? types[0] ?? title,
  };
}

/**
 * The entry after a sighting; undefined where it tells nothing new. Republished findings and repeated events tell nothing new, and neither
 * does what comes late: an opening from before the last outcome, a closure from before the opening.
 */
export function nextEntry(
  entry: HistoryEntry | undefined,
  finding: { readonly resource: string; readonly control: string },
  sighting: Sighting,
): HistoryEntry | undefined {
  return sighting.closed ? closed(entry, sighting) : opened(entry, finding, sighting);
}

/** How often the control failed on this resource before the finding that is looked at. */
export function occurrencesBefore(entry: HistoryEntry | undefined, key: string): number {
  if (!entry) return 0;
  return Object.hasOwn(entry.open, key) ? entry.count - 1 : entry.count;
}

/**
 * A history in words. Says dates, not ages, so that it stays the same until something happens.
 *
 * @example
 * historyText(entry, key); // 'failed 2 times before, since 2026-01-02; last outcome: check passed on 2026-03-04'
 */
export function historyText(entry: HistoryEntry | undefined, key: string): string {
  const before = occurrencesBefore(entry, key);
  if (!entry || before === 0) return 'first time';
  const times = before === 1 ? 'once' : `${before} times`;
  const { firstAt, outcome } = entry;
  const ended = outcome
    ? `last outcome: ${outcome.because} on ${outcome.at.slice(0, 10)}`
    : 'none was closed yet';
  return `failed ${times} before, since ${firstAt.slice(0, 10)}; ${ended}`;
}

function opened(
  entry: HistoryEntry | undefined,
  { resource, control }: { readonly resource: string; readonly control: string },
  { key, at }: Sighting,
): HistoryEntry | undefined {
  if (!entry) {
    const open = { [key]: at };
    return { resource, control, version: 1, count: 1, firstAt: at, lastAt: at, open };
  }
  const isLate = entry.outcome !== undefined && at <= entry.outcome.at;
  if (Object.hasOwn(entry.open, key) || isLate) return undefined;
  const kept = Object.entries(entry.open).slice(1 - mostOpen);
  return {
    ...entry,
    version: entry.version + 1,
    count: entry.count + 1,
    lastAt: at > entry.lastAt ? at : entry.lastAt,
    open: Object.fromEntries([...kept, [key, at]]),
  };
}

function closed(entry: HistoryEntry | undefined, sighting: Sighting): HistoryEntry | undefined {
  const { key, at, because = 'closed' } = sighting;
  const since = entry && Object.hasOwn(entry.open, key) ? entry.open[key] : undefined;
  if (!entry || since === undefined || at < since) return undefined;
  const open = Object.fromEntries(Object.entries(entry.open).filter(([other]) => other !== key));
  return { ...entry, version: entry.version + 1, open, outcome: { because, at } };
}
