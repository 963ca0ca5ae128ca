/** Base of the errors of handing findings in. */
export abstract class ImportError extends Error {
  abstract readonly retryable: boolean;
}

/** Security Hub is busy or away, and no time is left to wait for it. */
export class HubUnavailableError extends ImportError {
  override readonly name = 'HubUnavailableError';
  readonly retryable = true;
  readonly place: string;

  constructor(place: string, said: string, options?: ErrorOptions) {
    super(`Security Hub of ${place} did not answer in time: ${said}`, options);
    this.place = place;
  }
}

/** The dead-letter queue did not take findings that Security Hub refused. */
export class RefusedQueueError extends ImportError {
  override readonly name = 'RefusedQueueError';
  readonly retryable = true;

  constructor(said: string, options?: ErrorOptions) {
    super(`the dead-letter queue did not take refused findings: ${said}`, options);
  }
}

/** A message says that it carries findings, and does not. */
export class UnreadableFindingsError extends ImportError {
  override readonly name = 'UnreadableFindingsError';
  readonly retryable = false;
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`message carries no findings at ${path}`, options);
    this.path = path;
  }
}
