import type { EvidenceEntry } from '@riposte/findings/evidence';
import type { EvidencePorts } from './ports.ts';
import type { EvidenceProblem } from './problem.ts';
import { walkManifests } from './walk-manifests.ts';

/** What an auditor reads: one row an evidence object, oldest first. */
export interface EvidenceIndex {
  readonly bucket: string;
  /** ISO 8601. */
  readonly since: string;
  readonly at: string;
  readonly newest?: { readonly sequence: number; readonly sha256: string };
  readonly rows: readonly EvidenceRow[];
  /** What is wrong with the manifests that the rows come from. */
  readonly problems: readonly EvidenceProblem[];
}

/** An entry, and the manifest that lists it first. */
export interface EvidenceRow extends EvidenceEntry {
  readonly manifest: number;
}

/** Reads the index of all evidence since a time from the manifests. Objects themselves are not read: `evidence verify` does. */
export async function evidenceIndex(since: string, ports: EvidencePorts): Promise<EvidenceIndex> {
  const { manifests, newest, problems } = await walkManifests(since, ports);
  const rows = new Map<string, EvidenceRow>();
  for (const { sequence, objects } of manifests) {
    for (const entry of objects) {
      if (!rows.has(entry.key)) rows.set(entry.key, { ...entry, manifest: sequence });
    }
  }
  return {
    bucket: ports.bucket,
    since,
    at: ports.clock().toISOString(),
    ...(newest && { newest }),
    rows: [...rows.values()],
    problems,
  };
}
