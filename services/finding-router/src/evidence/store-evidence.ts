import {
  type EvidenceEntry,
  type EvidenceManifest,
  evidenceDigest,
  manifestKey,
  manifestText,
  readManifest,
  sequenceOf,
} from '@riposte/findings/evidence';
import {
  BrokenChainError,
  EvidenceConflictError,
  EvidencePendingError,
  ManifestContentionError,
} from './errors.ts';
import { type EvidenceObject, type EvidenceRequest, evidenceObject } from './evidence-document.ts';

/** A text in the evidence bucket. */
export interface StoredText {
  readonly key: string;
  readonly text: string;
  readonly versionId?: string;
}

/** The evidence bucket: keys are written once. */
export interface EvidenceBucket {
  /** Writes a text unless there is one under the key. */
  create(
    key: string,
    text: string,
  ): Promise<{ readonly created: boolean; readonly versionId?: string }>;
  read(key: string): Promise<StoredText | undefined>;
  newestManifest(): Promise<StoredText | undefined>;
}

export interface StorePorts {
  readonly bucket: EvidenceBucket;
  readonly clock: () => Date;
}

/** What was stored, and the manifest that lists it. */
export interface StoredEvidence {
  readonly entries: readonly EvidenceEntry[];
  readonly manifestKey: string;
}

/** Each attempt that fails is a manifest that somebody else wrote. */
const maxAttempts = 25;

/**
 * Stores evidence: the objects first, then one manifest that lists them and names the digest of the manifest before. Requests that come twice
 * find their object there, and are listed again: a manifest may list what another lists, but no object is without one. A request that fails
 * keeps no other from being stored and listed; its error is thrown at the end.
 *
 * @throws EvidenceConflictError, BrokenChainError when the bucket holds what this service did not write; ManifestContentionError,
 * EvidencePendingError when others write at the same time: retrying helps.
 * @example
 * const { entries } = await storeEvidence(requests, { bucket: s3EvidenceBucket({ client, bucketName }), clock });
 */
export async function storeEvidence(
  requests: readonly EvidenceRequest[],
  ports: StorePorts,
): Promise<StoredEvidence | undefined> {
  const made = await Promise.allSettled(requests.map(async (request) => evidenceObject(request)));
  const objects = new Map(valuesOf(made).map((object) => [object.entry.key, object]));
  const written = await Promise.allSettled(
    [...objects.values()].map((object) => storeObject(object, ports.bucket)),
  );
  const entries = valuesOf(written);
  const stored =
    entries.length > 0 ? { entries, manifestKey: await appendManifest(entries, ports) } : undefined;
  const failed = [...made, ...written].find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return stored;
}

function valuesOf<TValue>(results: readonly PromiseSettledResult<TValue>[]): readonly TValue[] {
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function storeObject(
  { text, entry }: EvidenceObject,
  bucket: EvidenceBucket,
): Promise<EvidenceEntry> {
  const { created, versionId } = await bucket.create(entry.key, text);
  const version = created ? versionId : (await sameObject(entry.key, text, bucket)).versionId;
  return version === undefined ? entry : { ...entry, versionId: version };
}

/** What lies under the key already, which has to be the same. */
async function sameObject(key: string, text: string, bucket: EvidenceBucket): Promise<StoredText> {
  const there = await bucket.read(key);
  if (!there) throw new EvidencePendingError(`somebody is writing ${key}`);
  if (there.text !== text) throw new EvidenceConflictError(key);
  return there;
}

async function appendManifest(
  objects: readonly EvidenceEntry[],
  { bucket, clock }: StorePorts,
): Promise<string> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const newest = await bucket.newestManifest();
    const before = newest && readNewest(newest);
    const sequence = (before?.sequence ?? 0) + 1;
    const text = manifestText({
      schemaVersion: 1,
      kind: 'evidence-manifest',
      sequence,
      createdAt: clock().toISOString(),
      previous: newest ? evidenceDigest(newest.text) : null,
      objects: [...objects],
    });
    const key = manifestKey(sequence);
    if ((await bucket.create(key, text)).created) return key;
  }
  throw new ManifestContentionError(`${maxAttempts} manifests were written by others meanwhile`);
}

function readNewest({ key, text }: StoredText): EvidenceManifest {
  const manifest = manifestOf(key, text);
  if (manifest.sequence === sequenceOf(key)) return manifest;
  throw new BrokenChainError(key);
}

function manifestOf(key: string, text: string): EvidenceManifest {
  try {
    return readManifest(text);
  } catch (cause) {
    throw new BrokenChainError(key, { cause });
  }
}
