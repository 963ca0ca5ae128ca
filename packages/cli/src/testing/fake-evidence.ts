import {
  canonicalJson,
  type EvidenceEntry,
  evidenceDigest,
  manifestKey,
  manifestText,
} from '@riposte/findings/evidence';
import type { EvidencePorts, ObjectVersion, ReadObject } from '../evidence/ports.ts';

interface HeldVersion extends ObjectVersion {
  readonly object: ReadObject;
}

/** An evidence bucket in memory, with ways to spoil it. */
export interface FakeEvidence {
  readonly ports: EvidencePorts;
  readonly held: HeldVersion[];
  /** Stores findings with these titles, and a manifest that lists them, at a time. */
  store(at: string, ...titles: readonly string[]): readonly EvidenceEntry[];
  write(key: string, text: string, at: string): string;
  /** Puts another text where a version was, as nobody can on S3. */
  replace(key: string, text: string): void;
  unlock(key: string): void;
  hide(key: string, at: string): void;
}

const lock = { mode: 'GOVERNANCE', until: '2027-11-24T00:00:00.000Z' };

/** An evidence bucket in memory, empty. */
export function fakeEvidence(now: Date): FakeEvidence {
  const held: HeldVersion[] = [];
  let sequence = 0;
  let previous: string | null = null;
  const write = (key: string, text: string, writtenAt: string) => {
    const versionId = `v${held.length + 1}`;
    held.push({ key, versionId, isDeleteMarker: false, writtenAt, object: { text, lock } });
    return versionId;
  };
  const change = (key: string, next: (held: HeldVersion) => HeldVersion) => {
    const at = held.findIndex((version) => version.key === key);
    const found = held[at];
    if (found) held[at] = next(found);
  };
  return {
    held,
    write,
    ports: {
      bucket: 'evidence',
      clock: () => now,
      reader: {
        async *versions(prefix) {
          for (const { object: _, ...version } of [...held].sort((a, b) =>
            a.key < b.key ? -1 : 1,
          )) {
            if (version.key.startsWith(prefix)) yield version;
          }
        },
        read: async (key, versionId) =>
          held.find((version) => version.key === key && version.versionId === versionId)?.object,
      },
    },
    store(at, ...titles) {
      const objects = titles.map((title) => {
        const entry = entryOf(title, at);
        return { ...entry, versionId: write(entry.key, textOf(title), at) };
      });
      sequence += 1;
      const kind = 'evidence-manifest' as const;
      const manifest = {
        schemaVersion: 1 as const,
        kind,
        sequence,
        createdAt: at,
        previous,
        objects,
      };
      const text = manifestText(manifest);
      write(manifestKey(sequence), text, at);
      previous = evidenceDigest(text);
      return objects;
    },
    replace: (key, text) => change(key, (version) => ({ ...version, object: { text, lock } })),
    unlock: (key) =>
      change(key, (version) => ({ ...version, object: { text: version.object.text } })),
    hide(key, writtenAt) {
      const versionId = `v${held.length + 1}`;
      held.push({ key, versionId, isDeleteMarker: true, writtenAt, object: { text: '' } });
    },
  };
}

function textOf(title: string): string {
  return canonicalJson({ kind: 'finding', title });
}

function entryOf(title: string, observedAt: string): EvidenceEntry {
  const text = textOf(title);
  const sha256 = evidenceDigest(text);
  return {
    key: `findings/${observedAt.slice(0, 10).replaceAll('-', '/')}/S3.4/f/${sha256}.json`,
    sha256,
    bytes: Buffer.byteLength(text),
    observedAt,
    findingKey: title,
    findingId: `id ${title}`,
    accountId: '123456789012',
    region: 'eu-west-1',
    resource: 'arn:aws:s3:::payments',
    title,
    severity: 'HIGH',
    control: 'S3.4',
    frameworks: ['PCI DSS 3.2.1: 3.4'],
    rule: 'compliance/pci',
    ruleSetVersion: 'v1',
  };
}
