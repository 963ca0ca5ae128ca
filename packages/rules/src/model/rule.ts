import type { Action } from './action.ts';
import type { Condition } from './condition.ts';

/**
 * Which values criteria read: `original` as the finding's provider gave them, as AWS does; `current` as the finding stands, so that later rules see
 * what earlier ones changed.
 */
export type EvaluationBasis = 'original' | 'current';

/** One link of an if / else-if chain: the first whose condition holds acts. */
export interface Branch {
  readonly when: Condition;
  readonly then: readonly Action[];
}

/** What `import` keeps of an AWS rule where Riposte says less than AWS, so that `export` gives back the same rule. Evaluation ignores it. */
export interface RuleOrigin {
  readonly service: 'v1' | 'v2';
  /** The name and the description that the rule has in AWS, where they are others here. */
  readonly name?: string;
  readonly description?: string;
  /** Its actions as the API writes them. */
  readonly actions?: unknown;
}

export interface Rule {
  /** `pack/name`: unique, and what reports and records call it. */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** 1 to 1000, lower first; ties by file name, then by place in the file. */
  readonly order: number;
  readonly enabled: boolean;
  /** No later rule is evaluated for a finding that this one matches. */
  readonly terminal: boolean;
  /** ISO 8601 date or time from which the rule matches nothing any more: a temporary exception. */
  readonly expires?: string;
  readonly branches: readonly [Branch, ...Branch[]];
  readonly origin?: RuleOrigin;
}

/** One file of rules. */
export interface RulePack {
  readonly name: string;
  readonly description?: string;
  readonly evaluate: EvaluationBasis;
  readonly rules: readonly Rule[];
  /** The file that it was read from, for messages. */
  readonly file: string;
}
