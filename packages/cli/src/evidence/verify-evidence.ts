import type { EvidenceEntry } from '@riposte/findings/evidence';
import type { EvidencePorts, ObjectVersion } from './ports.ts';
import type { EvidenceProblem } from './problem.ts';
import { readChecked } from './read-object.ts';
import { walkManifests } from './walk-manifests.ts';

/** What a verification looked at, and what is wrong. */
export interface VerificationReport {
  readonly bucket: string;
  /** ISO 8601. */
  readonly since: string;
  readonly at: string;
  readonly manifests: number;
  readonly objects: number;
  readonly bytes: number;
  readonly newest?: { readonly sequence: number; readonly sha256: string };
  /** Objects whose time of retention is over. */
  readonly retentionEnded: number;
  readonly problems: readonly EvidenceProblem[];
}

const atOnce = 16;

/** An object that is younger may be waiting for its manifest. */
const pendingMs = 15 * 60_000;

/**
 * Reads all evidence since a time again and works out everything anew: digests, canonical form, versions, locks, the chain of manifests, and
 * whether there is evidence that no manifest lists.
 *
 * @param since ISO 8601.
 */
export async function verifyEvidence(
  since: string,
  ports: EvidencePorts,
): Promise<VerificationReport> {
  const now = ports.clock();
  const { manifests, newest, problems: ofChain } = await walkManifests(since, ports);
  const entries = new Map(manifests.flatMap(({ objects }) => objects.map((one) => [one.key, one])));
  const there = await versionsOf(daysOf([...entries.keys()], since, now), ports);
  const checked = await inTurns([...entries.values()], (entry) => {
    const { key, sha256, versionId } = entry;
    const expected = { key, sha256, versions: there.get(key) ?? [] };
    return readChecked(
      versionId === undefined ? expected : { ...expected, versionId },
      ports.reader,
      now,
    );
  });
  return {
    bucket: ports.bucket,
    since,
    at: now.toISOString(),
    manifests: manifests.length,
    objects: entries.size,
    bytes: sum([...entries.values()]),
    ...(newest && { newest }),
    retentionEnded: checked.filter(({ retentionEnded }) => retentionEnded).length,
    problems: [
      ...ofChain,
      ...checked.flatMap(({ problems }) => problems),
      ...unlisted(there, entries, { since, now }),
    ],
  };
}

function sum(entries: readonly EvidenceEntry[]): number {
  return entries.reduce((total, { bytes }) => total + bytes, 0);
}

/** Folders to look into: the days of what is listed, and all days from then to now. */
function daysOf(keys: readonly string[], since: string, now: Date): readonly string[] {
  const days = new Set(keys.map((key) => key.split('/').slice(0, 4).join('/')));
  const first = Math.floor(Date.parse(since) / 86_400_000);
  for (let day = Math.floor(now.getTime() / 86_400_000); day >= first; day -= 1) {
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    days.add(`findings/${date.replaceAll('-', '/')}`);
  }
  return [...days].sort();
}

async function versionsOf(
  days: readonly string[],
  { reader }: EvidencePorts,
): Promise<ReadonlyMap<string, readonly ObjectVersion[]>> {
  const found = new Map<string, ObjectVersion[]>();
  for (const day of days) {
    for await (const version of reader.versions(`${day}/`)) {
      found.set(version.key, [...(found.get(version.key) ?? []), version]);
    }
  }
  return found;
}

function unlisted(
  there: ReadonlyMap<string, readonly ObjectVersion[]>,
  listed: ReadonlyMap<string, EvidenceEntry>,
  { since, now }: { readonly since: string; readonly now: Date },
): readonly EvidenceProblem[] {
  const until = new Date(now.getTime() - pendingMs).toISOString();
  return [...there]
    .filter(([key]) => !listed.has(key))
    .filter(([, versions]) =>
      versions.some(({ writtenAt }) => writtenAt >= since && writtenAt < until),
    )
    .map(([key]) => ({ kind: 'unlisted', key, said: 'no manifest lists it' }));
}

async function inTurns<TItem, TResult>(
  all: readonly TItem[],
  act: (item: TItem) => Promise<TResult>,
): Promise<readonly TResult[]> {
  const results: TResult[] = [];
  for (let from = 0; from < all.length; from += atOnce) {
    results.push(...(await Promise.all(all.slice(from, from + atOnce).map(act))));
  }
  return results;
}
