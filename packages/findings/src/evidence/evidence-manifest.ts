import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from './canonical-json.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const entry = z.object({
  /** Where the object lies in the evidence bucket. */
  key: z.string(),
  /** Of the object's bytes, in hexadecimal digits. */
  sha256: digest,
  bytes: z.int(),
  versionId: z.string().optional(),
  /** ISO 8601: when the finding was received. */
  observedAt: z.string(),
  findingKey: z.string(),
  findingId: z.string(),
  accountId: z.string(),
  region: z.string(),
  /** ARN or id of the first resource. */
  resource: z.string(),
  title: z.string(),
  severity: z.string(),
  control: z.string().optional(),
  /** As `PCI DSS 3.2.1: 3.4`. */
  frameworks: z.array(z.string()),
  rule: z.string(),
  ruleSetVersion: z.string(),
});

const manifest = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('evidence-manifest'),
  /** 1 for the first; no number is left out. */
  sequence: z.int().min(1),
  /** ISO 8601. */
  createdAt: z.string(),
  /** sha256 of the manifest with the number before; null for the first. */
  previous: digest.nullable(),
  objects: z.array(entry),
});

/** One evidence object, as a manifest lists it: what an auditor reads in a row. */
export type EvidenceEntry = Readonly<z.infer<typeof entry>>;

/** What was stored together. Each manifest names the digest of the one before: none can be changed or left out without changing all after it. */
export type EvidenceManifest = Readonly<z.infer<typeof manifest>>;

/** Where manifests lie: a thousand in a folder, so that the newest is found by listing twice. */
export const manifestFolder = 'manifests/';

/**
 * The key of a manifest by its number, which makes the bucket itself see to it that there is one of each: it creates a key once.
 *
 * @example
 * manifestKey(12); // 'manifests/000000/000000012.json'
 */
export function manifestKey(sequence: number): string {
  const thousand = String(Math.floor(sequence / 1000)).padStart(6, '0');
  return `${manifestFolder}${thousand}/${String(sequence).padStart(9, '0')}.json`;
}

/** The number in a manifest's key; undefined where the key is another's. */
export function sequenceOf(key: string): number | undefined {
  const sequence = Number(/^manifests\/\d{6}\/(\d{9})\.json$/.exec(key)?.[1]);
  return Number.isInteger(sequence) && manifestKey(sequence) === key ? sequence : undefined;
}

/** What a manifest's object holds, to the byte. */
export function manifestText(value: EvidenceManifest): string {
  return canonicalJson(value);
}

/**
 * Reads a manifest.
 *
 * @throws SyntaxError, ZodError where the text is none.
 */
export function readManifest(text: string): EvidenceManifest {
  return manifest.parse(JSON.parse(text));
}

/** A text's digest in hexadecimal digits. */
export function evidenceDigest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
