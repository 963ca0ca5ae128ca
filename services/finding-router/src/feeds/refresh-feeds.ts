import { createHash } from 'node:crypto';
import type { Measure } from '@riposte/lambda';
import type { FeedName } from '@riposte/rules';
import { FeedRefreshError, FeedRejectedError } from './errors.ts';
import {
  compactEpss,
  compactKev,
  type FeedManifest,
  manifestKey,
  readManifest,
  shardKey,
  shardsOf,
  shardTexts,
} from './feed-objects.ts';
import { parseEpss } from './parse-epss.ts';
import { parseKev } from './parse-kev.ts';
import type { FeedDownload, FeedStore } from './ports.ts';

/** Where the feeds are published. EPSS answers with the file of the day. */
export const feedSources: Readonly<Record<FeedName, string>> = {
  kev: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  epss: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
};

export interface RefreshPorts {
  readonly download: FeedDownload;
  readonly store: FeedStore;
  readonly clock: () => Date;
  measure(measure: Measure): void;
  /** Where they are fetched from; `feedSources` where absent. */
  readonly sources?: Readonly<Record<FeedName, string>>;
}

/** What became of a feed. */
export type RefreshOutcome =
  | { readonly feed: FeedName; readonly outcome: 'unchanged'; readonly asOf: string }
  | {
      readonly feed: FeedName;
      readonly outcome: 'replaced';
      readonly asOf: string;
      readonly rows: number;
    };

/** KEV is about 2 MB of JSON, EPSS about 2.5 MB of gzip. */
const maxBytes: Readonly<Record<FeedName, number>> = { kev: 32 << 20, epss: 32 << 20 };

/** Objects that are written at the same time. */
const parallel = 32;

/** A clock may be a little wrong; a date beyond this would make a feed look fresh for ever. */
const aheadMs = 2 * 24 * 3_600_000;

/**
 * Fetches the feeds and replaces what is stored of them, each for itself. Objects are replaced first, the manifest last: a function that
 * dies in between leaves entries of two days, each of them true, and the next run does it all again.
 *
 * A download that is malformed, has less than half of the rows of the stored one, or is older than it, is not stored.
 *
 * @throws FeedRefreshError once all were tried, naming those that failed.
 * @example
 * await refreshFeeds({ download: httpDownload(fetch), store: s3FeedStore({ client, bucketName }), clock, measure });
 */
export async function refreshFeeds(ports: RefreshPorts): Promise<readonly RefreshOutcome[]> {
  const outcomes: RefreshOutcome[] = [];
  const failures = new Map<FeedName, unknown>();
  for (const feed of ['kev', 'epss'] as const) {
    try {
      outcomes.push(await refreshFeed(feed, ports));
    } catch (error) {
      failures.set(feed, error);
    }
  }
  ports.measure({ name: 'FeedsRefreshed', value: outcomes.length, unit: 'Count' });
  if (failures.size > 0) throw new FeedRefreshError(failures);
  return outcomes;
}

async function refreshFeed(
  feed: FeedName,
  { download, store, clock, sources = feedSources }: RefreshPorts,
): Promise<RefreshOutcome> {
  const source = sources[feed];
  const stored = await storedManifest(feed, store);
  const known = stored?.source === source ? stored : undefined;
  const answer = await download({
    url: source,
    maxBytes: maxBytes[feed],
    ...(known?.etag !== undefined && { etag: known.etag }),
    ...(known?.lastModified !== undefined && { lastModified: known.lastModified }),
  });
  const now = clock();
  if (answer.unchanged) {
    if (!known) throw new FeedRejectedError('(root)', 'is said to be unchanged, but was not here');
    await putManifest(store, { ...known, checkedAt: now.toISOString() });
    return { feed, outcome: 'unchanged', asOf: known.asOf };
  }
  const { body, unchanged: _, ...validators } = answer;
  const parsed = parse(feed, body);
  checkAgainst(stored, parsed, now);
  await writeShards(feed, parsed.texts, store);
  await putManifest(store, {
    schemaVersion: 1,
    feed,
    source,
    sha256: createHash('sha256').update(body).digest('hex'),
    bytes: body.byteLength,
    rows: parsed.rows,
    shards: parsed.texts.length,
    version: parsed.version,
    asOf: parsed.asOf,
    fetchedAt: now.toISOString(),
    checkedAt: now.toISOString(),
    ...validators,
  });
  return { feed, outcome: 'replaced', asOf: parsed.asOf, rows: parsed.rows };
}

interface Parsed {
  readonly asOf: string;
  readonly version: string;
  readonly rows: number;
  readonly texts: readonly string[];
}

function parse(feed: FeedName, body: Uint8Array): Parsed {
  if (feed === 'kev') {
    const { asOf, version, rows } = parseKev(body);
    return { asOf, version, rows: rows.size, texts: shardTexts(rows, shardsOf.kev, compactKev) };
  }
  const { asOf, version, rows } = parseEpss(body);
  return { asOf, version, rows: rows.size, texts: shardTexts(rows, shardsOf.epss, compactEpss) };
}

function checkAgainst(stored: FeedManifest | undefined, { rows, asOf }: Parsed, now: Date): void {
  if (rows === 0) throw new FeedRejectedError('rows', 'there are none');
  if (Date.parse(asOf) > now.getTime() + aheadMs) {
    throw new FeedRejectedError('asOf', `${asOf} is in the future`);
  }
  if (!stored) return;
  if (rows * 2 < stored.rows) {
    throw new FeedRejectedError('rows', `${rows} are less than half of the ${stored.rows} before`);
  }
  if (asOf < stored.asOf) {
    throw new FeedRejectedError('asOf', `${asOf} is before ${stored.asOf}, which is stored`);
  }
}

/** What is stored; nothing where it is no manifest of ours: then all is written anew. */
async function storedManifest(feed: FeedName, store: FeedStore): Promise<FeedManifest | undefined> {
  const text = await store.read(manifestKey(feed));
  if (text === undefined) return undefined;
  try {
    return readManifest(text);
  } catch {
    return undefined;
  }
}

async function writeShards(feed: FeedName, texts: readonly string[], store: FeedStore) {
  const writes = texts.map((text, shard) => [shardKey(feed, texts.length, shard), text] as const);
  for (let from = 0; from < writes.length; from += parallel) {
    const some = writes.slice(from, from + parallel);
    await Promise.all(some.map(([key, text]) => store.write(key, text)));
  }
}

function putManifest(store: FeedStore, manifest: FeedManifest): Promise<void> {
  return store.write(manifestKey(manifest.feed), JSON.stringify(manifest));
}
