import type { Severity } from '@riposte/findings';
import type { ChangeKind } from './change.ts';
import type { Entry } from './entry.ts';
import type { InventoryKey } from './inventory-key.ts';
import type { Signal } from './signal.ts';

/** What a rule is asked about: how one thing differs from its approved state. */
export interface RuleQuestion {
  readonly key: InventoryKey;
  /** The node's tags; absent: not known, and rules that ask for tags say so in their verdict. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly name: string;
  readonly kind: ChangeKind;
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  /** Names of the compared attributes that differ; empty for created and deleted things. */
  readonly attributes: readonly string[];
  /** What was noticed on the way from the approved state to now: a log that shrank has grown again since. Absent: none. */
  readonly signals?: readonly Signal[];
  /** Between which two moments it changed, ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** The first rule that names a change, and what it makes of it. Absent: no rule does, or one ignores it. */
export interface RuleVerdict {
  readonly rule: string;
  readonly severity: Severity;
  /** The maintenance window that it fell into, which lowered its severity. */
  readonly window?: string;
  /** What the rule could not read, in words: a tag. It then counts as named. */
  readonly unknown?: string;
}

/** Rules, ready to be asked. */
export interface InventoryRules {
  /** sha256 of what they were compiled from: changes exactly when their meaning does. */
  readonly digest: string;
  /** When the first of them ends (ISO 8601): from then on they are compiled again, to another digest. Absent: none ends. */
  readonly until?: string;
  ask(question: RuleQuestion): RuleVerdict | undefined;
}
