import type { Finding } from '@riposte/findings';
import type { FindingUpdate } from '../model/action.ts';
import { applyUpdate } from './apply-update.ts';
import { Atoms } from './atoms.ts';
import { Candidates } from './candidates.ts';
import {
  branchHolds,
  type CompiledBranch,
  type CompiledRule,
  compileRule,
  type PlacedRule,
} from './compiled-rule.ts';
import { Fields } from './fields.ts';
import { together } from './merged-update.ts';
import { nextRule } from './rule-bits.ts';
import type { EvaluationMoment, RuleMatch } from './rule-match.ts';
import { type Atom, forget, type Slot } from './slot.ts';
import type { Format, Source } from './source.ts';

const nothing: readonly RuleMatch[] = Object.freeze([]);

/** The rules as they are evaluated for findings of one format. */
export class Program {
  readonly #rules: readonly CompiledRule[];
  readonly #candidates: Candidates;
  readonly #changing: readonly (Slot | Atom)[];
  /** Place of the last rule that sees what earlier ones changed. */
  readonly #lastCurrent: number;
  #epoch = 0;

  /**
   * @param placed rules in the order in which they apply.
   * @throws InvalidRuleError
   */
  constructor(format: Format, placed: readonly PlacedRule[]) {
    const vocabulary = { fields: new Fields(format), atoms: new Atoms() };
    this.#rules = placed
      .map((one) => compileRule(vocabulary, one))
      .filter((rule) => rule !== undefined);
    this.#candidates = new Candidates(this.#rules.map(({ requirements }) => requirements));
    this.#changing = [...vocabulary.fields.changing(), ...vocabulary.atoms.changing()];
    this.#lastCurrent = this.#rules.findLastIndex(({ isCurrent }) => isCurrent);
  }

  evaluate(finding: Finding, moment: EvaluationMoment): readonly RuleMatch[] {
    const source = this.#start(finding, moment);
    const { bits } = this.#candidates;
    let matches: RuleMatch[] | undefined;
    let change: FindingUpdate | undefined;
    for (let place = nextRule(bits, 0); place >= 0; place = nextRule(bits, place + 1)) {
      const rule = this.#rules[place];
      const branch = rule && this.#branchOf(rule, source);
      if (!branch) continue;
      matches ??= [];
      matches.push(branch.match);
      if (rule.isTerminal) break;
      if (branch.update && place < this.#lastCurrent) {
        change = together([change, branch.update]);
        this.#change(source, applyUpdate(finding, change, moment.now));
      }
    }
    return matches ?? nothing;
  }

  #start(finding: Finding, { now, context }: EvaluationMoment): Source {
    const { raw } = finding;
    this.#epoch += 1;
    const epoch = this.#epoch;
    const source = { finding, original: raw, current: raw, context, now: now.getTime(), epoch };
    this.#candidates.find(source);
    return source;
  }

  #branchOf(rule: CompiledRule, source: Source): CompiledBranch | undefined {
    if (source.now >= rule.expires) return undefined;
    for (const branch of rule.branches) if (branchHolds(branch, source)) return branch;
    return undefined;
  }

  #change(source: Source, changed: Finding): void {
    source.current = changed.raw;
    for (const known of this.#changing) forget(known);
    this.#candidates.findChanged(source);
  }
}
