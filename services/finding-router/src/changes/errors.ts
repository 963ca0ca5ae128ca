import { RouterError } from '../errors.ts';

/** Another function has claimed the same change, and works on it or has died over it: the command comes again when its lease is over. */
export class ActionUnderWayError extends RouterError {
  override readonly name = 'ActionUnderWayError';
  readonly retryable = true;
  readonly retryAfterSeconds: number;

  constructor(record: string, leaseSeconds: number, options?: ErrorOptions) {
    super(`somebody else works on ${record}`, options);
    this.retryAfterSeconds = leaseSeconds;
  }
}

/** AWS accepted a change, and the state read back is another one. */
export class ActionUnprovenError extends RouterError {
  override readonly name = 'ActionUnprovenError';
  readonly retryable: boolean;
  readonly path: string;

  constructor(resource: string, evidence: string, { retryable }: { readonly retryable: boolean }) {
    super(`the change of ${resource} is not proven: ${evidence}`);
    this.path = resource;
    this.retryable = retryable;
  }
}
