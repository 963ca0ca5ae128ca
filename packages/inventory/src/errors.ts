/** Base of every error thrown by `@riposte/inventory`; catch this to catch them all. Retrying never helps. */
export abstract class InventoryError extends Error {
  readonly retryable = false;
}

/** A glob or a regular expression of a rule cannot be read. */
export class InvalidPatternError extends InventoryError {
  override readonly name = 'InvalidPatternError';
  readonly pattern: string;
  readonly problem: string;

  constructor(pattern: string, problem: string, options?: ErrorOptions) {
    super(`${JSON.stringify(pattern)}: ${problem}`, options);
    this.pattern = pattern;
    this.problem = problem;
  }
}

/** `CRITICAL_FILE_PATTERNS` or `SEVERITY_LABEL` are wrong: nothing starts with them. */
export class WrongQuickStartError extends InventoryError {
  override readonly name = 'WrongQuickStartError';
  readonly setting: 'CRITICAL_FILE_PATTERNS' | 'SEVERITY_LABEL';
  readonly problem: string;

  constructor(
    setting: 'CRITICAL_FILE_PATTERNS' | 'SEVERITY_LABEL',
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${setting}: ${problem}`, options);
    this.setting = setting;
    this.problem = problem;
  }
}
