/** What the exit status says. */
export const exitCodes = {
  /** Every limit is kept. */
  done: 0,
  /** A limit is missed, or something could not be measured. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
} as const;

/** Base of every error that a benchmark ends with: what is wrong, and what can be done about it. */
export abstract class BenchError extends Error {
  readonly exitCode: number = exitCodes.failed;
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** The command line names a benchmark or an option that does not exist. */
export class UnknownArgumentError extends BenchError {
  override readonly name = 'UnknownArgumentError';
  override readonly exitCode = exitCodes.usage;
}

/** A peer could not be installed or set up: there is nothing to compare with, and no row is made up. */
export class MissingPeerError extends BenchError {
  override readonly name = 'MissingPeerError';
}

/** Something that is measured did not do what it is measured at. */
export class NotMeasuredError extends BenchError {
  override readonly name = 'NotMeasuredError';
}
