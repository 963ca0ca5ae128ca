/** Base of every error thrown by `@riposte/lambda`. */
export abstract class LambdaError extends Error {
  abstract readonly retryable: boolean;
}

/** An environment variable is missing or wrong: the deployment is broken. Retrying cannot help. */
export class MisconfiguredError extends LambdaError {
  override readonly name = 'MisconfiguredError';
  readonly retryable = false;
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`environment variable ${path} is missing or wrong`, options);
    this.path = path;
  }
}

/** The message of a queue is not JSON. Retrying cannot help. */
export class UnreadableBodyError extends LambdaError {
  override readonly name = 'UnreadableBodyError';
  readonly retryable = false;
  readonly path = '(body)';
}

/** What of an error decides its way: permanent errors carry `retryable: false` and the path of the wrong field. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly path?: string;
  readonly permanent: boolean;
}

/** Reads the facts of anything thrown. An error that does not say is worth a retry. */
export function errorFacts(thrown: unknown): ErrorFacts {
  if (!(thrown instanceof Error))
    return { name: 'UnknownError', message: String(thrown), permanent: false };
  const path = 'path' in thrown && typeof thrown.path === 'string' ? { path: thrown.path } : {};
  return { name: thrown.name, message: thrown.message, ...path, permanent: isPermanent(thrown) };
}

/** Whether an error says that no retry can mend it. */
export function isPermanent(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === false;
}

/** In how many seconds to try again, where an error says so. */
export function retryAfter(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('retryAfterSeconds' in error)) return undefined;
  const { retryAfterSeconds } = error;
  return typeof retryAfterSeconds === 'number' ? retryAfterSeconds : undefined;
}
