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
