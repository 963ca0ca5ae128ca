import type { Finding } from '@riposte/findings';

/** A finding, or why something could not be read as one. */
export type Reading =
  | { readonly finding: Finding }
  | {
      /** Where it is, e.g. `line 3, Findings.2`. */
      readonly place: string;
      readonly problem: string;
    };

/** Findings from anywhere, a batch at a time. */
export interface FindingSource {
  /** What it is called in reports: a file's name, `Security Hub`. */
  readonly name: string;
  readonly from: 'file' | 'live';
  /** ISO 8601; of live findings. */
  readonly since?: string;
  read(): AsyncIterable<readonly Reading[]>;
  /** What could not be asked, in words; complete once everything is read. */
  readonly gaps: readonly string[];
}
