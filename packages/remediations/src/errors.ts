/** Base of every error thrown by `@riposte/remediations`. `retryable` says whether trying again can help. */
export abstract class RemediationError extends Error {
  abstract readonly retryable: boolean;
}

/** The resource is not there (any more). */
export class ResourceGoneError extends RemediationError {
  override readonly name = 'ResourceGoneError';
  readonly retryable = false;
  readonly path: string;

  constructor(resource: string, options?: ErrorOptions) {
    super(`resource is not there: ${resource}`, options);
    this.path = resource;
  }
}

/** What is known of a refusal besides its code. */
export interface RefusalOptions extends ErrorOptions {
  readonly advice?: string | undefined;
}

/** AWS refuses the call: permission, service control policy, or an organization trail seen from a member account. */
export class AccessRefusedError extends RemediationError {
  override readonly name = 'AccessRefusedError';
  readonly retryable = false;
  readonly path: string;
  /** The code that AWS answered with, e.g. `AccessDeniedException`. */
  readonly code: string;
  /** What a person can do about it, where the code says it. */
  readonly advice: string | undefined;

  constructor(resource: string, code: string, options: RefusalOptions = {}) {
    const { advice, ...rest } = options;
    super(`access to ${resource} is refused: ${code}${advice ? ` (${advice})` : ''}`, rest);
    this.path = resource;
    this.code = code;
    this.advice = advice;
  }
}

/** AWS understands the call and will not do it: a bucket, key, topic or selector that the change needs is missing or wrong. */
export class ChangeRejectedError extends RemediationError {
  override readonly name = 'ChangeRejectedError';
  readonly retryable = false;
  readonly path: string;
  /** The code that AWS answered with, e.g. `S3BucketDoesNotExistException`. */
  readonly code: string;

  constructor(resource: string, code: string, options?: ErrorOptions) {
    super(`change of ${resource} is rejected: ${code}`, options);
    this.path = resource;
    this.code = code;
  }
}

/** What stands in the state table as a trail's baseline is none of this version. */
export class UnreadableBaselineError extends RemediationError {
  override readonly name = 'UnreadableBaselineError';
  readonly retryable = false;
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`stored baseline is unreadable at ${path}`, options);
    this.path = path;
  }
}

/** A service has trouble of its own: trying again later helps. */
export class ServiceFailedError extends RemediationError {
  override readonly name = 'ServiceFailedError';
  readonly retryable = true;
  readonly path: string;
  /** The code that AWS answered with, e.g. `InternalServiceException`. */
  readonly code: string;

  constructor(resource: string, code: string, options?: ErrorOptions) {
    super(`AWS could not deal with ${resource}: ${code}`, options);
    this.path = resource;
    this.code = code;
  }
}
