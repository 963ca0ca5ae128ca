import type { Severity } from '@riposte/findings';
import type { ChangeKind } from '../model/change.ts';

/** What a name has to look like. */
export type NamePattern =
  | { readonly glob: string }
  /** A regular expression in RE2 syntax, for the whole name. */
  | { readonly regex: string }
  /** A regular expression of Python, for the start of the name, as `re.match` takes it. */
  | { readonly python: string };

/**
 * What becomes of a change that a rule names: `readonly` tells of each; `growing` lets a file grow, and its time move on; `presence` tells of
 * coming and going only; `ignore` of nothing.
 */
export type RulePolicy = 'readonly' | 'growing' | 'presence' | 'ignore';

export type Weekday =
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday'
  | 'sunday';

/** A time in which changes are expected. */
export type MaintenanceWindow =
  | {
      readonly name: string;
      /** ISO 8601. */
      readonly start: string;
      readonly end: string;
    }
  | {
      readonly name: string;
      /** IANA. */
      readonly timeZone: string;
      /** By the clocks of the time zone: `22:00`. An end that is not later is one of the next day. */
      readonly from: string;
      readonly to: string;
      /** On which it starts; absent: on each. */
      readonly days?: readonly Weekday[];
      /** Which of these days of their month: 1 the first, -1 the last; absent: all. */
      readonly weeks?: readonly number[];
    };

/** What a rule makes of changes in maintenance windows. */
export interface Maintenance {
  readonly windows: readonly MaintenanceWindow[];
  readonly severity: Severity;
}

/** One rule, as it is evaluated: everything that files leave to defaults is said, and windows stand in place of their names. */
export interface InventoryRule {
  readonly id: string;
  readonly description?: string;
  /** E.g. `AWS:File`. */
  readonly type: string;
  readonly include: readonly NamePattern[];
  readonly exclude: readonly NamePattern[];
  /** Of modified things, those in which one of these differs; absent: any. */
  readonly attributes?: readonly string[];
  readonly changes: readonly ChangeKind[];
  readonly severity: Severity;
  readonly policy: RulePolicy;
  /** Globs of ids; absent, as for the other parts of its scope: all. */
  readonly nodes?: readonly string[];
  readonly accounts?: readonly string[];
  /** Globs. */
  readonly regions?: readonly string[];
  /** Each of these tags has one of its values, which are globs. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly maintenance?: Maintenance;
  /** ISO 8601; from then on the rule does not apply. */
  readonly expires?: string;
}

/** Rules in their order: the first that names a change decides. Plain JSON. */
export interface InventoryRuleSet {
  readonly rules: readonly InventoryRule[];
}
