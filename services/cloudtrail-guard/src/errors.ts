/** Base of the errors that cloudtrail-guard itself throws. */
export abstract class GuardError extends Error {
  abstract readonly retryable: boolean;
}

/** Another answer to the same trail is under way: this one looks again when it is over. */
export class TrailBusyError extends GuardError {
  override readonly name = 'TrailBusyError';
  readonly retryable = true;
  readonly incident: string;

  constructor(trailArn: string, incident: string) {
    super(`incident ${incident} of ${trailArn} is being answered`);
    this.incident = incident;
  }
}

/** Neither topic took a message about Riposte itself. */
export class UntoldError extends GuardError {
  override readonly name = 'UntoldError';
  readonly retryable = true;
}

/** Security Hub did not take a finding's note. The answer itself stands: the note alone is missing. */
export class FindingNoteError extends GuardError {
  override readonly name = 'FindingNoteError';
  readonly retryable = false;
  readonly path = 'Note';

  constructor(findingId: string, reason: string, options?: ErrorOptions) {
    super(`note on finding ${findingId} was not written: ${reason}`, options);
  }
}
