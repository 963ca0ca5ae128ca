/** A person's word that a node may stay as it is. Bound to what was seen: what changes afterwards is drift again. */
export interface Approval {
  /** E.g. `fim-20261124T140000123Z-1a2b3c4d`: sorts by time. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly node: string;
  readonly type: string;
  readonly prefix: string;
  /** The version that the person looked at: things that changed in later ones are not covered. */
  readonly versionId: string;
  /** Globs of names; absent: everything that differs, and the baseline itself. */
  readonly names?: readonly string[];
  /** The principal's ARN as Security Token Service says it. */
  readonly by: string;
  readonly why: string;
  readonly at: string;
  /** ISO 8601; absent: for good. */
  readonly until?: string;
}
