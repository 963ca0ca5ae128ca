/** A request as a double got it. */
export interface DoubleRequest {
  readonly method: string;
  /** Decoded by nobody, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What a double answers. A `body` that is no text goes out as JSON. */
export interface DoubleAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a double does for a request; its state is its own. */
export type DoubleBehaviour = (request: DoubleRequest) => DoubleAnswer | Promise<DoubleAnswer>;

/** Which requests fail, and how. The first fault that applies is taken. */
export interface DoubleFault {
  readonly method?: string;
  /** The path without the query begins with it, or matches it. */
  readonly path?: string | RegExp;
  /** At most so many requests; all where absent. */
  readonly count?: number;
  /** So many matching requests pass first. */
  readonly skip?: number;
  /** 0 to 1, drawn from the double's seed; always where absent. */
  readonly probability?: number;
  /** The request takes effect before it fails: the answer is what is lost. */
  readonly afterEffect?: boolean;
  /** Milliseconds until the failure, or until the regular answer where nothing else is set. */
  readonly delay?: number;
  /** The connection is cut. */
  readonly reset?: boolean;
  /** Nothing is ever answered; the connection stays open until the caller leaves. */
  readonly hang?: boolean;
  readonly status?: number;
  /** `Retry-After`: seconds or an HTTP date. */
  readonly retryAfter?: number | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request with what became of it. */
export interface RecordedRequest extends DoubleRequest {
  /** Status that was sent; `reset` or `hang` where none was. */
  readonly answer: number | 'reset' | 'hang';
  /** Whether a fault or the switch decided the answer. */
  readonly faulty: boolean;
  /** Whether the double's state could change by it. */
  readonly tookEffect: boolean;
}

/** A system of the outside world, played on 127.0.0.1. */
export interface HttpDouble {
  readonly url: string;
  /** In the order in which they were answered. */
  requests(): readonly RecordedRequest[];
  clearRequests(): void;
  readonly faults: {
    /** Returns what takes it away again. */
    add(fault: DoubleFault): () => void;
    clear(): void;
    /** Decides what `probability` draws from here on. */
    seed(seed: number): void;
    /** How many requests a fault hit. */
    hits(): number;
  };
  /** Until `up`, connections are cut, or every request gets this status. */
  down(status?: number): void;
  up(): void;
  stop(): Promise<void>;
}
