/** Base of every error thrown by the finding router. `retryable` says whether trying again can help. */
export abstract class RouterError extends Error {
  abstract readonly retryable: boolean;
}

/** A receiver will never take this message: the channel's settings, its secret or the message are wrong. */
export class DeliveryRefusedError extends RouterError {
  override readonly name = 'DeliveryRefusedError';
  readonly retryable = false;
  readonly channel: string;
  /** The setting or field that is wrong, where the receiver says. */
  readonly path: string;

  constructor(channel: string, path: string, said: string, options?: ErrorOptions) {
    super(`channel ${channel} refused the message (${path}): ${said}`, options);
    this.channel = channel;
    this.path = path;
  }
}

/** A receiver asks to wait (HTTP 429, or 503 with Retry-After). */
export class ChannelBusyError extends RouterError {
  override readonly name = 'ChannelBusyError';
  readonly retryable = true;
  readonly channel: string;
  readonly retryAfterSeconds: number;

  constructor(channel: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(`channel ${channel} asks to wait ${retryAfterSeconds} s`, options);
    this.channel = channel;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A receiver does not answer, or answers that it cannot now. */
export class ChannelDownError extends RouterError {
  override readonly name = 'ChannelDownError';
  readonly retryable = true;
  readonly channel: string;

  constructor(channel: string, said: string, options?: ErrorOptions) {
    super(`channel ${channel} is down: ${said}`, options);
    this.channel = channel;
  }
}

/** Another function has written this finding's state meanwhile: it is read again. */
export class StaleStateError extends RouterError {
  override readonly name = 'StaleStateError';
  readonly retryable = true;
  readonly key: string;

  constructor(key: string, options?: ErrorOptions) {
    super(`the state of finding ${key} was written by somebody else`, options);
    this.key = key;
  }
}

/** A queue did not take all messages. */
export class OutletError extends RouterError {
  override readonly name = 'OutletError';
  readonly retryable = true;
  readonly queue: string;

  constructor(queue: string, said: string, options?: ErrorOptions) {
    super(`queue ${queue} did not take a message: ${said}`, options);
    this.queue = queue;
  }
}

/** What lies in a queue or in the table is not what this version writes. */
export class UnreadableMessageError extends RouterError {
  override readonly name = 'UnreadableMessageError';
  readonly retryable = false;
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`message is unreadable at ${path}`, options);
    this.path = path;
  }
}

/** Security Hub did not take an update. */
export class UpdateRefusedError extends RouterError {
  override readonly name = 'UpdateRefusedError';
  readonly retryable: boolean;
  readonly path = 'finding';

  constructor(id: string, said: string, retryable: boolean, options?: ErrorOptions) {
    super(`Security Hub did not update ${id}: ${said}`, options);
    this.retryable = retryable;
  }
}

/** The kill switch is on, or the settings cannot be read: nothing is changed. What was to be done waits for a person. */
export class ChangesStoppedError extends RouterError {
  override readonly name = 'ChangesStoppedError';
  readonly retryable = false;
  readonly path: string;

  constructor(rule: string, reason: string, options?: ErrorOptions) {
    super(`rule ${rule} may not change anything: ${reason}`, options);
    this.path = rule;
  }
}

/** The finding was closed or is gone since the rule matched it: nothing is changed any more. */
export class FindingMovedError extends RouterError {
  override readonly name = 'FindingMovedError';
  readonly retryable = false;
  readonly path = 'finding';

  constructor(id: string, said: string, options?: ErrorOptions) {
    super(`nothing was changed for finding ${id}: ${said}`, options);
  }
}

/** A system refused an action. */
export class ActionRefusedError extends RouterError {
  override readonly name = 'ActionRefusedError';
  readonly retryable = false;
  readonly path: string;

  constructor(path: string, said: string, options?: ErrorOptions) {
    super(`${path} refused: ${said}`, options);
    this.path = path;
  }
}

/** A delivery has waited for so long that it would mislead more than help: it lies in the dead-letter queue until a person decides. */
export class DeliveryExpiredError extends RouterError {
  override readonly name = 'DeliveryExpiredError';
  readonly retryable = false;
  readonly path = 'at';
  readonly channel: string;

  constructor(channel: string, hours: number, options?: ErrorOptions) {
    super(`channel ${channel} did not take the message within ${hours} h`, options);
    this.channel = channel;
  }
}

/** A channel that is down or busy is not asked before its pause ends. */
export class ChannelPausedError extends RouterError {
  override readonly name = 'ChannelPausedError';
  readonly retryable = true;
  readonly channel: string;
  readonly retryAfterSeconds: number;

  constructor(channel: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(`channel ${channel} is paused for ${retryAfterSeconds} s`, options);
    this.channel = channel;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A delivery is tried again later; the cause says what went wrong. */
export class DeliveryPostponedError extends RouterError {
  override readonly name = 'DeliveryPostponedError';
  readonly retryable = true;
  readonly channel: string;
  readonly retryAfterSeconds: number;

  constructor(channel: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(`a message to channel ${channel} is tried again in ${retryAfterSeconds} s`, options);
    this.channel = channel;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Another function has written meanwhile what is remembered of this ticket or thread. */
export class StaleDeliveryError extends RouterError {
  override readonly name = 'StaleDeliveryError';
  readonly retryable = true;

  constructor(id: string, options?: ErrorOptions) {
    super(`what delivery ${id} builds on was written by somebody else`, options);
  }
}

/** The function has not enough time left for another message, which comes back at once. */
export class OutOfTimeError extends RouterError {
  override readonly name = 'OutOfTimeError';
  readonly retryable = true;
  readonly retryAfterSeconds = 0;

  constructor(options?: ErrorOptions) {
    super('no time is left for another message', options);
  }
}

/** An acknowledgement could not be noted; whoever gave it is told, and tries again. */
export class AcknowledgementFailedError extends RouterError {
  override readonly name = 'AcknowledgementFailedError';
  readonly retryable = true;

  constructor(options?: ErrorOptions) {
    super('the acknowledgement was not noted', options);
  }
}
