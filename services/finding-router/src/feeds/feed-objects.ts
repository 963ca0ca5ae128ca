import { createHash } from 'node:crypto';
import type { EpssEntry, FeedName, KevEntry } from '@riposte/rules';
import * as z from 'zod';

const manifest = z.object({
  schemaVersion: z.literal(1),
  feed: z.enum(['kev', 'epss']),
  /** Where it was fetched from. */
  source: z.string(),
  /** Of what was downloaded, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int(),
  rows: z.int(),
  shards: z.int().min(1),
  /** The feed's own name of its version: the catalog's, or the model's. */
  version: z.string(),
  /** ISO 8601: published, downloaded, last found to be current. */
  asOf: z.string(),
  fetchedAt: z.string(),
  checkedAt: z.string(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
});

/** What is stored of a feed. */
export type FeedManifest = z.infer<typeof manifest>;

const kevShard = z.record(z.string(), z.tuple([z.string(), z.string(), z.string(), z.boolean()]));
const epssShard = z.record(z.string(), z.tuple([z.number(), z.number()]));

/** So many objects that one holds 3 to 5 KB: about 27 entries of KEV, 150 of EPSS. A refresh of both costs one US cent of requests. */
export const shardsOf: Readonly<Record<FeedName, number>> = { kev: 64, epss: 2048 };

export function manifestKey(feed: FeedName): string {
  return `feeds/${feed}/manifest.json`;
}

/** Keys stay the same from day to day, so that nothing has to be cleaned up: each CVE lies in exactly one object, which is replaced whole. */
export function shardKey(feed: FeedName, shards: number, shard: number): string {
  return `feeds/${feed}/${shards}/${shard.toString(16).padStart(4, '0')}.json`;
}

/** Which object a CVE lies in. By its digest, because ids of one year are many and those of another few. */
export function shardOf(cve: string, shards: number): number {
  return createHash('sha256').update(cve).digest().readUInt32BE(0) % shards;
}

/** Texts of a feed's objects, in the order of their numbers; an object without rows is there too. */
export function shardTexts<TEntry>(
  rows: ReadonlyMap<string, TEntry>,
  shards: number,
  compact: (entry: TEntry) => readonly unknown[],
): readonly string[] {
  const parts = Array.from({ length: shards }, (): [string, readonly unknown[]][] => []);
  for (const [cve, entry] of rows) parts[shardOf(cve, shards)]?.push([cve, compact(entry)]);
  return parts.map((part) => JSON.stringify(Object.fromEntries(part)));
}

export function compactKev({ name, dateAdded, dueDate, ransomware }: KevEntry): readonly unknown[] {
  return [name, dateAdded, dueDate, ransomware];
}

export function compactEpss({ score, percentile }: EpssEntry): readonly unknown[] {
  return [score, percentile];
}

/** @throws ZodError, SyntaxError where the object is not one of ours. */
export function readManifest(text: string): FeedManifest {
  return manifest.parse(JSON.parse(text));
}

export function readKevShard(text: string): ReadonlyMap<string, KevEntry> {
  const rows = Object.entries(kevShard.parse(JSON.parse(text)));
  return new Map(
    rows.map(([cve, [name, dateAdded, dueDate, ransomware]]) => [
      cve,
      { name, dateAdded, dueDate, ransomware },
    ]),
  );
}

export function readEpssShard(text: string): ReadonlyMap<string, EpssEntry> {
  const rows = Object.entries(epssShard.parse(JSON.parse(text)));
  return new Map(rows.map(([cve, [score, percentile]]) => [cve, { score, percentile }]));
}
