import { canonicalJson, evidenceDigest } from '@riposte/findings/evidence';
import type { EvidenceReader, ObjectVersion } from './ports.ts';
import type { EvidenceProblem, ProblemKind } from './problem.ts';

/** An object as it was found; `problems` empty: as it has to be. */
export interface CheckedObject {
  readonly text?: string;
  readonly sha256?: string;
  /** Its time of retention is over. No fault: evidence is not kept for ever. */
  readonly retentionEnded: boolean;
  readonly problems: readonly EvidenceProblem[];
}

interface Expectation {
  readonly key: string;
  /** What there is under the key. */
  readonly versions: readonly ObjectVersion[];
  readonly versionId?: string;
  readonly sha256?: string;
}

/**
 * Reads an object and holds it against what it has to be: one version, the listed one, never deleted, locked, canonical, with the listed
 * digest. The version that is looked at is the first that was written: what came later cannot be the evidence.
 */
export async function readChecked(
  { key, versions, versionId, sha256 }: Expectation,
  reader: EvidenceReader,
  now: Date,
): Promise<CheckedObject> {
  const problems: EvidenceProblem[] = [];
  const add = (kind: ProblemKind, said: string) => problems.push({ kind, key, said });
  const written = versions
    .filter((version) => !version.isDeleteMarker)
    .sort((one, other) => one.writtenAt.localeCompare(other.writtenAt));
  if (versions.length > written.length) add('deleted', 'a delete marker hides it');
  if (written.length > 1) add('versions', `there are ${written.length} versions of it`);
  const wanted = versionId ?? written[0]?.versionId;
  const isThere = written.some((version) => version.versionId === wanted);
  const object = wanted !== undefined && isThere ? await reader.read(key, wanted) : undefined;
  if (!object) {
    add(
      'missing',
      versionId === undefined ? 'it is not there' : `version ${versionId} is not there`,
    );
    return { retentionEnded: false, problems };
  }
  const found = evidenceDigest(object.text);
  if (sha256 !== undefined && found !== sha256)
    add('changed', `its sha256 is ${found}, not ${sha256}`);
  if (!isCanonical(object.text)) add('not-canonical', 'its text is not in canonical form');
  if (!object.lock)
    add('unlocked', 'no retention keeps it, or you may not see it (s3:GetObjectRetention)');
  const retentionEnded = object.lock !== undefined && object.lock.until <= now.toISOString();
  return { text: object.text, sha256: found, retentionEnded, problems };
}

function isCanonical(text: string): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}
