/** Where a feed lies, and which version of it is here already. */
export interface FeedRequest {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** A longer answer is refused. */
  readonly maxBytes: number;
}

export type FeedAnswer =
  | { readonly unchanged: true }
  | {
      readonly unchanged: false;
      readonly body: Uint8Array;
      readonly etag?: string;
      readonly lastModified?: string;
    };

/** Fetches feeds. */
export type FeedDownload = (request: FeedRequest) => Promise<FeedAnswer>;

/** Where feeds are kept. */
export interface FeedStore {
  /** Undefined where there is no such object. */
  read(key: string): Promise<string | undefined>;
  /** Replaces what was there. */
  write(key: string, text: string): Promise<void>;
}
