/** Base of every error thrown by `@riposte/responses`. `retryable` says whether trying again can help. */
export abstract class ResponseError extends Error {
  abstract readonly retryable: boolean;
}

/** Another writer concluded this record first; the stored one is newer. */
export class StaleRecordError extends ResponseError {
  override readonly name = 'StaleRecordError';
  readonly retryable = false;
  readonly path = 'revision';
  readonly id: string;

  constructor(id: string, options?: ErrorOptions) {
    super(`record ${id} was concluded by somebody else`, options);
    this.id = id;
  }
}

/** What stands in the state table under a record's key is not a record of this version. */
export class UnreadableRecordError extends ResponseError {
  override readonly name = 'UnreadableRecordError';
  readonly retryable = false;
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`stored record is unreadable at ${path}`, options);
    this.path = path;
  }
}

/** A bus, topic or bucket did not take what the outbox sent. */
export class DeliveryError extends ResponseError {
  override readonly name = 'DeliveryError';
  readonly retryable = true;
  readonly channel: string;

  constructor(channel: string, options?: ErrorOptions) {
    super(`${channel} did not accept the response record`, options);
    this.channel = channel;
  }
}
