/** What the engine refuses. All of it is wrong in a file or a request, so trying again cannot help. */
export abstract class NotificationError extends Error {
  abstract override readonly name: string;
  readonly retryable = false;
}

export class InvalidDurationError extends NotificationError {
  override readonly name = 'InvalidDurationError';
  readonly text: string;

  constructor(text: string) {
    super(`'${text}' is no duration: write e.g. 30s, 5m, 4h, 1d or 1h30m`);
    this.text = text;
  }
}

export class InvalidTimeIntervalError extends NotificationError {
  override readonly name = 'InvalidTimeIntervalError';
  readonly interval: string;

  constructor(interval: string, what: string) {
    super(`time interval '${interval}': ${what}`);
    this.interval = interval;
  }
}

export class InvalidSilenceError extends NotificationError {
  override readonly name = 'InvalidSilenceError';
}

export class InvalidMatcherError extends NotificationError {
  override readonly name = 'InvalidMatcherError';
  readonly label: string;

  constructor(label: string, what: string, options?: ErrorOptions) {
    super(`matcher of '${label}': ${what}`, options);
    this.label = label;
  }
}

export class UnknownChannelError extends NotificationError {
  override readonly name = 'UnknownChannelError';
  readonly channel: string;

  constructor(channel: string) {
    super(`no channel is named '${channel}'`);
    this.channel = channel;
  }
}

/** What lies in the router's table is not what this version writes. */
export class UnreadableItemError extends NotificationError {
  override readonly name = 'UnreadableItemError';
  readonly member: string;

  constructor(member: string) {
    super(`an item of the table cannot be read: ${member}`);
    this.member = member;
  }
}
