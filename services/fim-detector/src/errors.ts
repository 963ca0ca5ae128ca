/** Base of the detector's own errors. */
export abstract class DetectorError extends Error {
  abstract readonly retryable: boolean;
}

/** A ledger is not in the evidence bucket any more, or is not what was written there. */
export class LedgerLostError extends DetectorError {
  override readonly name = 'LedgerLostError';
  readonly retryable = false;
  readonly key: string;

  constructor(key: string, problem: string, options?: ErrorOptions) {
    super(`ledger ${key} ${problem}`, options);
    this.key = key;
  }
}

/** An item of the table is none that this version knows: a newer one has written it. Nothing is taken for new because of that. */
export class UnreadableItemError extends DetectorError {
  override readonly name = 'UnreadableItemError';
  readonly retryable = true;

  constructor(key: string, options?: ErrorOptions) {
    super(`item ${key} cannot be read`, options);
  }
}

/** A message is about a bucket that this detector does not read. */
export class ForeignBucketError extends DetectorError {
  override readonly name = 'ForeignBucketError';
  readonly retryable = false;
  readonly path = 'bucket';

  constructor(bucket: string, options?: ErrorOptions) {
    super(`bucket ${bucket} is not the one that this detector reads`, options);
  }
}

/** S3 has given an answer that nothing can be done with. */
export class UnexpectedAnswerError extends DetectorError {
  override readonly name = 'UnexpectedAnswerError';
  readonly retryable = true;

  constructor(operation: string, problem: string, options?: ErrorOptions) {
    super(`${operation}: ${problem}`, options);
  }
}

/** A version that S3 has listed is gone: somebody deletes inventories. Looked at again, it is one that is lost. */
export class VersionGoneError extends DetectorError {
  override readonly name = 'VersionGoneError';
  readonly retryable = true;

  constructor(key: string, versionId: string, options?: ErrorOptions) {
    super(`version ${versionId} of ${key} is gone`, options);
  }
}

/** The detector's queue did not take all messages. */
export class QueueRefusedError extends DetectorError {
  override readonly name = 'QueueRefusedError';
  readonly retryable = true;

  constructor(said: string, options?: ErrorOptions) {
    super(`the queue did not take a message: ${said}`, options);
  }
}

/** Security Hub is busy or away, and no time is left to wait for it. */
export class HubUnavailableError extends DetectorError {
  override readonly name = 'HubUnavailableError';
  readonly retryable = true;
  readonly place: string;

  constructor(place: string, said: string, options?: ErrorOptions) {
    super(`Security Hub of ${place} did not answer in time: ${said}`, options);
    this.place = place;
  }
}

/** The dead-letter queue did not take findings that Security Hub refused. */
export class RefusedQueueError extends DetectorError {
  override readonly name = 'RefusedQueueError';
  readonly retryable = true;

  constructor(said: string, options?: ErrorOptions) {
    super(`the dead-letter queue did not take refused findings: ${said}`, options);
  }
}

/** A message says that it carries findings, and does not. */
export class UnreadableFindingsError extends DetectorError {
  override readonly name = 'UnreadableFindingsError';
  readonly retryable = false;
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`message carries no findings at ${path}`, options);
    this.path = path;
  }
}

/** There was no time for all versions of an inventory: the rest is looked at next. */
export class OutOfTimeError extends DetectorError {
  override readonly name = 'OutOfTimeError';
  readonly retryable = true;
  readonly retryAfterSeconds = 1;

  constructor(id: string, options?: ErrorOptions) {
    super(`no time for all versions of ${id}`, options);
  }
}

/** Others have moved an inventory each time that it was about to be moved. */
export class OvertakenError extends DetectorError {
  override readonly name = 'OvertakenError';
  readonly retryable = true;

  constructor(id: string, options?: ErrorOptions) {
    super(`${id} was moved by others again and again`, options);
  }
}
