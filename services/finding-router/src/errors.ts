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
