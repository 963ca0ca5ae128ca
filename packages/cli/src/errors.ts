import { exitCodes } from './exit-codes.ts';

/** Base of every error that `riposte` reports: what is wrong, what to do about it, and with which exit status it ends. */
export abstract class CliError extends Error {
  readonly retryable: boolean = false;
  readonly exitCode: number = exitCodes.failed;
  /** What the reader can do, in one or more lines. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** An option or argument has a value that cannot be used; `field` names it. */
export class InvalidOptionError extends CliError {
  override readonly name = 'InvalidOptionError';
  override readonly exitCode = exitCodes.usage;
  readonly field: string;

  constructor(field: string, problem: string, remedy: string, options?: ErrorOptions) {
    super(`${field}: ${problem}`, remedy, options);
    this.field = field;
  }
}

/** The thing asked for is not there. */
export class NotFoundError extends CliError {
  override readonly name = 'NotFoundError';
}

/** Riposte is not deployed where the command looked for it. */
export class NotDeployedError extends CliError {
  override readonly name = 'NotDeployedError';
}

/** The command was understood and is not carried out. */
export class RefusedError extends CliError {
  override readonly name = 'RefusedError';
  override readonly exitCode = exitCodes.refused;
}

/** A change was made, and the state read back does not prove it. */
export class NotVerifiedError extends CliError {
  override readonly name = 'NotVerifiedError';
}

/** AWS did not do what it was asked. */
export class AwsCallError extends CliError {
  override readonly name = 'AwsCallError';
}

/** The command needs a checkout of the project, and there is none. */
export class MissingCheckoutError extends CliError {
  override readonly name = 'MissingCheckoutError';
}

/** The local stage did not do what it was asked. */
export class StageCommandError extends CliError {
  override readonly name = 'StageCommandError';
}

/** What the demo promised did not happen. */
export class DemoFailedError extends CliError {
  override readonly name = 'DemoFailedError';
}
