import type { Clock } from '@riposte/responses';

/** One version of an object, or a marker that hides the versions before it. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  /** ISO 8601: when S3 wrote it. */
  readonly writtenAt: string;
}

/** What an object holds, and until when nobody can take it away. */
export interface ReadObject {
  readonly text: string;
  /** Absent where the object is not locked, or the caller may not see it (`s3:GetObjectRetention`). */
  readonly lock?: { readonly mode: string; readonly until: string };
}

/** An evidence bucket, read only. */
export interface EvidenceReader {
  /** Every version and delete marker under a prefix, in the order of keys. */
  versions(prefix: string): AsyncIterable<ObjectVersion>;
  /** Undefined where there is no such version. */
  read(key: string, versionId: string): Promise<ReadObject | undefined>;
}

/** What the `evidence` commands need from a deployment. */
export interface EvidencePorts {
  readonly bucket: string;
  readonly reader: EvidenceReader;
  readonly clock: Clock;
}
