/** The beginning of a list that may be long, and how long it is. */
export interface Listed<T> {
  readonly total: number;
  readonly first: readonly T[];
}

/** What a report says of one finding. Texts are those of the finding, as anybody may have written them. */
export interface FindingSummary {
  readonly id: string;
  readonly format: 'asff' | 'ocsf' | 'guardduty';
  readonly title: string;
  readonly severity: string;
  readonly accountId: string;
  readonly region: string;
  readonly resource: string;
  readonly resourceType?: string;
  readonly product?: string;
  readonly control?: string;
}

/** How many findings there are of each severity that occurs, worst first. */
export type BySeverity = Readonly<Record<string, number>>;

export interface MatchReport {
  readonly rule: string;
  readonly pack: string;
  readonly order: number;
  readonly terminal: boolean;
  readonly description?: string;
  readonly findings: number;
  readonly bySeverity: BySeverity;
  /** Most findings first. */
  readonly accounts: Listed<{ readonly accountId: string; readonly findings: number }>;
  /** Findings by the branch that acts: 0 is the first `if`. Only of rules with several. */
  readonly branches?: readonly { readonly branch: number; readonly findings: number }[];
  readonly examples: readonly FindingSummary[];
}

/** One field of a finding, before the rules and after. Lists and maps as JSON; null: nothing there. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The rule that set it last. */
  readonly rule: string;
}

export interface ChangedFinding {
  readonly finding: FindingSummary;
  readonly changes: readonly FieldChange[];
}

export interface ChangesReport extends Listed<ChangedFinding> {
  /** Findings that rules update to what they already are. */
  readonly unchanged: number;
  /** The same change, counted; most findings first. `note` and other free text by field alone. */
  readonly byChange: readonly {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
    readonly findings: number;
  }[];
  /** What a rule wants to set and the finding's format cannot take. */
  readonly notPossible: readonly {
    readonly rule: string;
    readonly format: string;
    readonly field: string;
    readonly findings: number;
  }[];
}

/** Who would hear of how many findings. */
export interface ToldReport {
  readonly channel: string;
  /** `unknown` where no such channel is defined. */
  readonly type: string;
  readonly kind: 'message' | 'ticket';
  /** Open findings: they would be told, before grouping. */
  readonly findings: number;
  /** Findings that are closed as they stand then: not told, unless they were told before. */
  readonly closed: number;
  readonly bySeverity: BySeverity;
  readonly rules: readonly string[];
  /** Channels that hear of it when nobody acknowledges, e.g. `pager after 30m`. */
  readonly escalations: readonly string[];
}

/** What would run, or be sent to a system. */
export interface ActionReport {
  readonly action:
    | 'remediate'
    | 'automation'
    | 'invoke'
    | 'queue'
    | 'event'
    | 'tag'
    | 'evidence'
    | 'enrich';
  readonly target: string;
  readonly findings: number;
  /** Not run since the finding is closed as it stands then. */
  readonly closed: number;
  readonly rules: readonly string[];
}

export interface SilentRule {
  readonly rule: string;
  readonly why: string;
}

/** Milliseconds. */
export interface Timings {
  /** Reading and parsing findings. */
  readonly read: number;
  /** Evaluating the rules and counting what they do. */
  readonly evaluate: number;
  /** Making this report. */
  readonly report: number;
}

/**
 * What rules would have done to findings. The shape is stable: members are added, never changed or taken away, while `schemaVersion`
 * stays 1.
 */
export interface PreviewReport {
  readonly schemaVersion: 1;
  /** The moment that rules were evaluated for, ISO 8601. */
  readonly at: string;
  readonly rules: {
    readonly folder: string;
    readonly version: string;
    readonly packs: number;
    readonly rules: number;
  };
  readonly source: {
    readonly from: 'file' | 'live';
    readonly name: string;
    readonly since?: string;
    /** What could not be asked, in words. */
    readonly gaps: readonly string[];
  };
  readonly findings: {
    /** Different findings, a finding in ASFF and in OCSF counted once. */
    readonly total: number;
    /** Documents that were evaluated: a finding counts once for each format and version. */
    readonly documents: number;
    /** Documents that were there before, and left out. */
    readonly repeated: number;
    readonly bySeverity: BySeverity;
    readonly byFormat: Readonly<Record<string, number>>;
    readonly accounts: number;
  };
  /** What `enrich` asks for and a preview does not read, in words; empty where no rule asks for it. */
  readonly unasked: readonly string[];
  readonly unreadable: Listed<{ readonly place: string; readonly problem: string }>;
  /** In the order in which they apply. */
  readonly matches: readonly MatchReport[];
  readonly changes: ChangesReport;
  readonly told: readonly ToldReport[];
  readonly actions: readonly ActionReport[];
  readonly unmatched: Listed<FindingSummary> & {
    readonly bySeverity: BySeverity;
    /** By control, else type of finding; most findings first. */
    readonly byKind: readonly { readonly kind: string; readonly findings: number }[];
  };
  readonly silent: readonly SilentRule[];
  readonly timings: Timings;
}
