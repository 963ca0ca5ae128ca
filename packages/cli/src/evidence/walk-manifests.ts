import {
  type EvidenceManifest,
  manifestFolder,
  manifestKey,
  readManifest,
  sequenceOf,
} from '@riposte/findings/evidence';
import type { EvidencePorts, ObjectVersion } from './ports.ts';
import type { EvidenceProblem } from './problem.ts';
import { type CheckedObject, readChecked } from './read-object.ts';

/** The manifests since a time, oldest first, and what is wrong with them. */
export interface ManifestWalk {
  readonly manifests: readonly EvidenceManifest[];
  /** What the chain ends in: write it down, and later it can be shown that nothing after it was cut off before it. */
  readonly newest?: { readonly sequence: number; readonly sha256: string };
  readonly problems: readonly EvidenceProblem[];
}

/** Manifests are read so many at a time. */
const atOnce = 16;

/** An object's manifest is written after it; clocks may differ a little. */
const marginMs = 10 * 60_000;

interface Link {
  readonly sequence: number;
  readonly checked: CheckedObject;
  readonly manifest?: EvidenceManifest;
}

/**
 * Walks the chain of manifests from its newest back to a time. Manifests are found by listing versions: one that somebody has hidden behind a
 * delete marker is among them.
 *
 * @param since ISO 8601.
 */
export async function walkManifests(since: string, ports: EvidencePorts): Promise<ManifestWalk> {
  const { byNumber, strangers } = await listManifests(ports);
  const from = new Date(Date.parse(since) - marginMs).toISOString();
  const newest = Math.max(0, ...byNumber.keys());
  const links: Link[] = [];
  for (let upper = newest; upper > 0; upper -= atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, upper) }, (_, back) => upper - back);
    const read = await Promise.all(numbers.map((number) => readLink(number, byNumber, ports)));
    links.push(...read);
    if (read.some(({ manifest }) => manifest !== undefined && manifest.createdAt < from)) break;
  }
  const kept = links.filter(({ manifest }) => !manifest || manifest.createdAt >= from).reverse();
  const [before] = links.filter(({ sequence }) => sequence === (kept[0]?.sequence ?? 0) - 1);
  const last = kept.at(-1);
  return {
    manifests: kept.flatMap(({ manifest }) => (manifest ? [manifest] : [])),
    ...(last?.checked.sha256 !== undefined && {
      newest: { sequence: last.sequence, sha256: last.checked.sha256 },
    }),
    problems: [
      ...strangers,
      ...kept.flatMap(({ checked }) => checked.problems),
      ...chainProblems(before ? [before, ...kept] : kept),
    ],
  };
}

async function listManifests({ reader }: EvidencePorts) {
  const byNumber = new Map<number, ObjectVersion[]>();
  const strangers: EvidenceProblem[] = [];
  for await (const version of reader.versions(manifestFolder)) {
    const { key } = version;
    const number = sequenceOf(key);
    if (number === undefined) strangers.push({ kind: 'chain', key, said: 'it is no manifest' });
    else byNumber.set(number, [...(byNumber.get(number) ?? []), version]);
  }
  return { byNumber, strangers };
}

async function readLink(
  sequence: number,
  byNumber: ReadonlyMap<number, readonly ObjectVersion[]>,
  { reader, clock }: EvidencePorts,
): Promise<Link> {
  const expected = { key: manifestKey(sequence), versions: byNumber.get(sequence) ?? [] };
  const checked = await readChecked(expected, reader, clock());
  const manifest = checked.text === undefined ? undefined : manifestIn(checked.text);
  return { sequence, checked, ...(manifest && { manifest }) };
}

function manifestIn(text: string): EvidenceManifest | undefined {
  try {
    return readManifest(text);
  } catch {
    return undefined;
  }
}

/** Links in the order of their numbers; the first is checked as far as it says something about itself. */
function chainProblems(links: readonly Link[]): readonly EvidenceProblem[] {
  return links.flatMap(({ sequence, manifest, checked }, index) => {
    const problem = (said: string) => [
      { kind: 'chain' as const, key: manifestKey(sequence), said },
    ];
    if (!manifest) return checked.text === undefined ? [] : problem('it is not a manifest');
    if (manifest.sequence !== sequence) return problem(`it says that it is ${manifest.sequence}`);
    if (sequence === 1)
      return manifest.previous === null ? [] : problem('it names one before the first');
    const before = links[index - 1]?.checked.sha256;
    if (before === undefined || before === manifest.previous) return [];
    return problem(`it follows ${manifest.previous}, but the one before is ${before}`);
  });
}
