import type { FeedName } from '@riposte/rules';
import { RouterError } from '../errors.ts';

/** A download is not what the feed promises, or is suspiciously small or old: the stored one stays. */
export class FeedRejectedError extends RouterError {
  override readonly name = 'FeedRejectedError';
  /** The next download may be right again. */
  readonly retryable = true;
  /** The field or line that is wrong. */
  readonly path: string;

  constructor(path: string, said: string, options?: ErrorOptions) {
    super(`${path}: ${said}`, options);
    this.path = path;
  }
}

/** A feed's server did not answer as it should. */
export class FeedDownloadError extends RouterError {
  override readonly name = 'FeedDownloadError';
  readonly retryable = true;

  constructor(said: string, options?: ErrorOptions) {
    super(said, options);
  }
}

/** One feed or several could not be refreshed: what was stored of them stays, and gets older. */
export class FeedRefreshError extends RouterError {
  override readonly name = 'FeedRefreshError';
  readonly retryable = true;
  readonly feeds: readonly FeedName[];

  constructor(failures: ReadonlyMap<FeedName, unknown>) {
    const words = [...failures].map(([feed, error]) => `${feed}: ${wordsOf(error)}`);
    super(`not refreshed: ${words.join('; ')}`, { cause: [...failures.values()] });
    this.feeds = [...failures.keys()];
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
