/** Base of every error thrown by `@riposte/local-stage`. `retryable` says whether trying again can help. */
export abstract class StageError extends Error {
  abstract readonly retryable: boolean;
}

/** Something that the stage needs is not on this machine. The message says what, and how to get it. */
export class MissingPrerequisiteError extends StageError {
  override readonly name = 'MissingPrerequisiteError';
  readonly retryable = false;
  readonly missing: string;

  constructor(missing: string, remedy: string, options?: ErrorOptions) {
    super(`the local stage needs ${missing}: ${remedy}`, options);
    this.missing = missing;
  }
}

/** The emulator did not come up, or went away. `log` is the end of what it said. */
export class EmulatorError extends StageError {
  override readonly name = 'EmulatorError';
  readonly retryable = true;
  readonly log: string;

  constructor(reason: string, log: string, options?: ErrorOptions) {
    super(`${reason}${log && `\n${log}`}`, options);
    this.log = log;
  }
}

/** A service did not deploy. `log` is all that the framework said. */
export class DeployError extends StageError {
  override readonly name = 'DeployError';
  readonly retryable = false;
  readonly service: string;
  readonly log: string;

  constructor(service: string, reason: string, log: string, options?: ErrorOptions) {
    super(`${service} did not deploy: ${reason}${log && `\n${log}`}`, options);
    this.service = service;
    this.log = log;
  }
}

/** Another process kept a lock for too long. */
export class LockTimeoutError extends StageError {
  override readonly name = 'LockTimeoutError';
  readonly retryable = true;
  readonly file: string;

  constructor(file: string, holder: string, options?: ErrorOptions) {
    super(`${file} is held by ${holder}`, options);
    this.file = file;
  }
}

/** No stage of that name is up. */
export class StageNotFoundError extends StageError {
  override readonly name = 'StageNotFoundError';
  readonly retryable = false;
  readonly stage: string;

  constructor(stage: string, reason: string, options?: ErrorOptions) {
    super(`stage ${stage}: ${reason}`, options);
    this.stage = stage;
  }
}

/** A document that was to be delivered is not an event. `path` names the first wrong field. */
export class MalformedServiceEventError extends StageError {
  override readonly name = 'MalformedServiceEventError';
  readonly retryable = false;
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`event is malformed at ${path}`, options);
    this.path = path;
  }
}

/** The SDK has no such operation. */
export class UnknownOperationError extends StageError {
  override readonly name = 'UnknownOperationError';
  readonly retryable = false;
  readonly operation: string;

  constructor(service: string, operation: string, options?: ErrorOptions) {
    super(`${service} has no operation ${operation}`, options);
    this.operation = operation;
  }
}
