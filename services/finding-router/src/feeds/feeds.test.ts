import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Measure } from '@riposte/lambda';
import { cveContext } from './cve-context.ts';
import type { FeedAnswer, FeedRequest, FeedStore } from './ports.ts';
import { feedSources, refreshFeeds } from './refresh-feeds.ts';

const day = 24 * 3_600_000;
const start = new Date('2026-11-24T12:00:00.000Z');

function kevBody(count: number, changes: Readonly<Record<string, unknown>> = {}): Uint8Array {
  const vulnerabilities = Array.from({ length: count }, (_, index) => ({
    cveID: `CVE-2021-${1000 + index}`,
    vendorProject: 'Apache',
    product: 'Log4j',
    vulnerabilityName: `Flaw ${index}`,
    dateAdded: '2021-12-10',
    dueDate: '2021-12-24',
    shortDescription: 'bad',
    requiredAction: 'patch',
    knownRansomwareCampaignUse: index === 0 ? 'Known' : 'Unknown',
    forensicTriage: 'No',
  }));
  const catalog = {
    title: 'CISA Catalog',
    catalogVersion: '2026.11.23',
    dateReleased: '2026-11-23T18:00:00.1234Z',
    count,
    vulnerabilities,
    ...changes,
  };
  return Buffer.from(JSON.stringify(catalog));
}

function epssBody(rows: readonly string[], date = '2026-11-24T00:00:00+0000'): Uint8Array {
  const lines = [`#model_version:v2025.03.14,score_date:${date}`, 'cve,epss,percentile', ...rows];
  return gzipSync(`${lines.join('\n')}\n`);
}

const scores = Array.from({ length: 500 }, (_, index) => `CVE-2021-${1000 + index},0.${index},0.5`);

interface World {
  kev: Uint8Array | 'unchanged' | Error;
  epss: Uint8Array | 'unchanged' | Error;
  now: Date;
}

function world(changes: Partial<World> = {}) {
  const state: World = { kev: kevBody(100), epss: epssBody(scores), now: start, ...changes };
  const objects = new Map<string, string>();
  const requests: FeedRequest[] = [];
  const reads: string[] = [];
  const store: FeedStore = {
    read: async (key) => {
      reads.push(key);
      return objects.get(key);
    },
    write: async (key, text) => {
      objects.set(key, text);
    },
  };
  const download = async (request: FeedRequest): Promise<FeedAnswer> => {
    requests.push(request);
    const answer = request.url === feedSources.kev ? state.kev : state.epss;
    if (answer instanceof Error) throw answer;
    if (answer === 'unchanged') return { unchanged: true };
    return { unchanged: false, body: answer, etag: '"1"', lastModified: 'Mon' };
  };
  const measures: Measure[] = [];
  const measure = (measured: Measure) => void measures.push(measured);
  const refresh = () => refreshFeeds({ download, store, clock: () => state.now, measure });
  const look = (...ids: readonly string[]) => cveContext(ids, store, state.now);
  return { state, objects, requests, reads, store, refresh, look, measures };
}

describe('refreshFeeds', () => {
  it('stores both feeds, and says what they hold', async () => {
    const { refresh, objects, measures } = world();
    expect(await refresh()).toEqual([
      { feed: 'kev', outcome: 'replaced', asOf: '2026-11-23T18:00:00.123Z', rows: 100 },
      { feed: 'epss', outcome: 'replaced', asOf: '2026-11-24T00:00:00.000Z', rows: 500 },
    ]);
    expect(measures).toEqual([{ name: 'FeedsRefreshed', value: 2, unit: 'Count' }]);
    const body = kevBody(100);
    expect(JSON.parse(objects.get('feeds/kev/manifest.json') ?? '')).toEqual({
      schemaVersion: 1,
      feed: 'kev',
      source: feedSources.kev,
      sha256: createHash('sha256').update(body).digest('hex'),
      bytes: body.byteLength,
      rows: 100,
      shards: 64,
      version: '2026.11.23',
      asOf: '2026-11-23T18:00:00.123Z',
      fetchedAt: start.toISOString(),
      checkedAt: start.toISOString(),
      etag: '"1"',
      lastModified: 'Mon',
    });
  });

  it('asks only for what has changed, and remembers that nothing has', async () => {
    const { refresh, requests, state, objects } = world();
    await refresh();
    Object.assign(state, {
      kev: 'unchanged',
      epss: 'unchanged',
      now: new Date(start.getTime() + day),
    });
    expect((await refresh()).map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
    expect(requests.at(-1)).toMatchObject({ etag: '"1"', lastModified: 'Mon' });
    expect(JSON.parse(objects.get('feeds/kev/manifest.json') ?? '')).toMatchObject({
      fetchedAt: start.toISOString(),
      checkedAt: '2026-11-25T12:00:00.000Z',
    });
  });

  it.each<[string, Partial<World>, RegExp]>([
    ['no JSON', { kev: Buffer.from('<html>') }, /kev: FeedRejectedError: \(root\): is not JSON/],
    ['another shape', { kev: kevBody(3, { vulnerabilities: [{}] }) }, /vulnerabilities\.0\.cveID/],
    ['a wrong count', { kev: kevBody(90, { count: 91 }) }, /count: says 91, but there are 90/],
    ['half of the rows missing', { kev: kevBody(49) }, /rows: 49 are less than half of the 100/],
    [
      'an old catalog',
      { kev: kevBody(100, { dateReleased: '2020-01-01T00:00:00Z' }) },
      /asOf: 2020.* is before 2026/,
    ],
    [
      'a date in the future',
      { kev: kevBody(100, { dateReleased: '2036-01-01T00:00:00Z' }) },
      /asOf: 2036.* is in the future/,
    ],
    [
      'no gzip',
      { epss: Buffer.from('cve,epss') },
      /epss: FeedRejectedError: \(root\): is not gzip/,
    ],
    ['no rows', { epss: epssBody([]) }, /rows: there are none/],
    ['no date', { epss: epssBody(scores, 'today') }, /line 1/],
    [
      'other columns',
      { epss: gzipSync('#model_version:v1,score_date:2026-11-24T00:00:00+0000\na,b\n') },
      /line 2/,
    ],
    ['a wrong row', { epss: epssBody([...scores, 'CVE-2021-1000,1.5,0']) }, /line 503/],
    ['a row of words', { epss: epssBody(['=cmd(),0,0', ...scores]) }, /line 3/],
  ])('keeps what it has when it is given %s', async (_, changes, words) => {
    const { refresh, state, objects } = world();
    await refresh();
    const before = new Map(objects);
    Object.assign(state, { kev: 'unchanged', epss: 'unchanged' }, changes);
    await expect(refresh()).rejects.toThrow(words);
    expect(objects).toEqual(before);
  });

  it('refreshes one feed when the other cannot be fetched, then says so', async () => {
    const { refresh, look, measures } = world({ kev: new TypeError('socket') });
    await expect(refresh()).rejects.toMatchObject({
      name: 'FeedRefreshError',
      feeds: ['kev'],
      retryable: true,
      message: 'not refreshed: kev: TypeError: socket',
    });
    expect(measures).toEqual([{ name: 'FeedsRefreshed', value: 1, unit: 'Count' }]);
    const { feeds } = await look('CVE-2021-1001');
    expect(feeds).toEqual({
      kev: { state: 'unknown', reason: 'KEV was never fetched' },
      epss: { state: 'fresh', asOf: '2026-11-24T00:00:00.000Z' },
    });
  });

  it('does not believe that a feed is unchanged which it has not', async () => {
    await expect(world({ kev: 'unchanged' }).refresh()).rejects.toThrow('was not here');
  });

  it('writes anew over a manifest that is not one of its own', async () => {
    const { refresh, objects, requests } = world();
    objects.set('feeds/kev/manifest.json', '{"etag":"x"}');
    expect(await refresh()).toHaveLength(2);
    expect(requests[0]).not.toHaveProperty('etag');
  });
});

describe('cveContext', () => {
  it('says what the feeds hold', async () => {
    const { refresh, look } = world();
    await refresh();
    expect(await look('CVE-2021-1000', 'CVE-2021-1400', 'CVE-1999-0001')).toEqual({
      cves: [
        {
          cve: 'CVE-2021-1000',
          kev: { name: 'Flaw 0', dateAdded: '2021-12-10', dueDate: '2021-12-24', ransomware: true },
          epss: { score: 0, percentile: 0.5 },
        },
        { cve: 'CVE-2021-1400', epss: { score: 0.4, percentile: 0.5 } },
        { cve: 'CVE-1999-0001' },
      ],
      feeds: {
        kev: { state: 'fresh', asOf: start.toISOString() },
        epss: { state: 'fresh', asOf: '2026-11-24T00:00:00.000Z' },
      },
      leftOut: 0,
    });
  });

  it('reads two small objects a CVE, once each', async () => {
    const { refresh, look, reads, objects } = world();
    await refresh();
    reads.length = 0;
    await look('CVE-2021-1000', 'CVE-2021-1000');
    expect(reads).toHaveLength(4);
    expect(reads.map((key) => objects.get(key)?.length ?? 0).every((size) => size < 4096)).toBe(
      true,
    );
  });

  it('says that feeds are stale: KEV when nobody asked for it, EPSS when its date is old', async () => {
    const { refresh, look, state } = world();
    await refresh();
    state.now = new Date(start.getTime() + 3 * day - 1000);
    Object.assign(state, { kev: 'unchanged', epss: 'unchanged' });
    expect((await look()).feeds).toMatchObject({
      kev: { state: 'fresh' },
      epss: { state: 'stale' },
    });
    state.now = new Date(start.getTime() + 3 * day + 1000);
    expect((await look()).feeds).toMatchObject({
      kev: { state: 'stale' },
      epss: { state: 'stale' },
    });
    await refresh();
    expect((await look()).feeds).toMatchObject({
      kev: { state: 'fresh' },
      epss: { state: 'stale' },
    });
  });

  it('asks for nothing but ids, and for at most fifty', async () => {
    const { refresh, look } = world();
    await refresh();
    const ids = Array.from({ length: 60 }, (_, index) => `CVE-2021-${1000 + index}`);
    const { cves, leftOut } = await look('../../secret', ...ids);
    expect(cves).toHaveLength(50);
    expect(leftOut).toBe(10);
  });

  it.each<[string, (objects: Map<string, string>) => void, string]>([
    ['gone', (objects) => objects.delete('feeds/kev/64/0000.json'), 'KEV is stored in part only'],
    [
      'spoiled',
      (objects) => objects.set('feeds/kev/64/0000.json', '{'),
      'KEV could not be read (SyntaxError)',
    ],
    [
      'of another shape',
      (objects) => objects.set('feeds/kev/64/0000.json', '[]'),
      'KEV could not be read (ZodError)',
    ],
  ])('does not take a feed for harmless of which an object is %s', async (_, spoil, reason) => {
    const { refresh, look, objects } = world();
    await refresh();
    spoil(objects);
    const ids = Array.from({ length: 50 }, (_unused, index) => `CVE-2021-${1000 + index}`);
    expect((await look(...ids)).feeds.kev).toEqual({ state: 'unknown', reason });
  });

  it('says that the store cannot be read', async () => {
    const failing: FeedStore = { read: () => Promise.reject('no'), write: async () => undefined };
    expect((await cveContext([], failing, start)).feeds.epss).toEqual({
      state: 'unknown',
      reason: 'EPSS could not be read (unknown error)',
    });
  });
});
