/** Base of every error thrown by `@riposte/findings`; catch this to catch them all. Retrying never helps. */
export abstract class FindingError extends Error {
  readonly retryable = false;
}

/** The document is not a finding we can read: the field at `path` is missing or wrong. */
export class MalformedFindingError extends FindingError {
  override readonly name = 'MalformedFindingError';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`finding is malformed at ${path}`, options);
    this.path = path;
  }
}

/** The event is not what its type promises: the field at `path` is missing or wrong. */
export class MalformedEventError extends FindingError {
  override readonly name = 'MalformedEventError';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`event is malformed at ${path}`, options);
    this.path = path;
  }
}

/** The event is well formed, but of a kind that carries neither a finding nor an API call. */
export class UnknownEventError extends FindingError {
  override readonly name = 'UnknownEventError';
  readonly path = 'detail-type';
  readonly source: string;
  readonly detailType: string;

  constructor(source: string, detailType: string) {
    super('event is of a kind that carries neither a finding nor an API call');
    this.source = source;
    this.detailType = detailType;
  }
}

/** The text is not an ARN. */
export class MalformedArnError extends FindingError {
  override readonly name = 'MalformedArnError';
  readonly path = '(arn)';
}

/** The finding cannot be made valid: the field at `path` breaks a rule of the AWS Security Finding Format. */
export class InvalidFindingError extends FindingError {
  override readonly name = 'InvalidFindingError';
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.path = path;
  }
}
