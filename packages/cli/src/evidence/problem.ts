/**
 * What can be wrong with evidence.
 * - `missing`: listed, and not there; `deleted`: hidden by a delete marker; `versions`: written more than once
 * - `changed`: its sha256 is not the listed one; `not-canonical`: its text is not the canonical form of what it says
 * - `unlocked`: nothing keeps it from being deleted
 * - `unlisted`: there, and in no manifest
 * - `chain`: a manifest is missing, unreadable, or does not follow from the one before
 */
export type ProblemKind =
  | 'missing'
  | 'deleted'
  | 'versions'
  | 'changed'
  | 'not-canonical'
  | 'unlocked'
  | 'unlisted'
  | 'chain';

export interface EvidenceProblem {
  readonly kind: ProblemKind;
  readonly key: string;
  readonly said: string;
}
