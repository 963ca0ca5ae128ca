/** Base of every error thrown by `@riposte/rules`; catch this to catch them all. Retrying never helps. */
export abstract class RulesError extends Error {
  readonly retryable = false;
}

/** A rule cannot be evaluated: it names a field that does not exist, or a value that cannot be read. */
export class InvalidRuleError extends RulesError {
  override readonly name = 'InvalidRuleError';
  /** `pack/name`. */
  readonly rule: string;
  readonly problem: string;

  constructor(rule: string, problem: string, options?: ErrorOptions) {
    super(`rule ${rule}: ${problem}`, options);
    this.rule = rule;
    this.problem = problem;
  }
}

/** A condition cannot be evaluated; whoever knows the rule's name says which. */
export class InvalidConditionError extends RulesError {
  override readonly name = 'InvalidConditionError';
}

/** A folder of rules has errors: nothing is read from it. */
export class WrongRulesError extends RulesError {
  override readonly name = 'WrongRulesError';
  /** One line each, with file, line and column. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(`the rules are wrong:\n${problems.join('\n')}`, options);
    this.problems = problems;
  }
}
