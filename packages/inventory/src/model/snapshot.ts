/** A line that could not be read; the others were. */
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/** What one inventory object is, besides its entries. */
export interface SnapshotFacts {
  /** Lines that hold something, readable or not. */
  readonly lines: number;
  readonly bytes: number;
  /** It ends in the middle of a line: what ought to follow is unknown, so that things that are missing from it need not be gone. */
  readonly truncated: boolean;
  /** Lines whose identity had stood in the object before. */
  readonly repeated: number;
  /** The first ten of them, and how many there are. */
  readonly problems: readonly LineProblem[];
  readonly problemCount: number;
  /** Of the first line that has one, e.g. `2025-07-12T14:00:05Z`. */
  readonly captureTime?: string;
  /** Ids that lines name as their node, at most ten different ones. */
  readonly nodes: readonly string[];
}

/** Bytes that can be read again from their start. */
export interface ByteSource {
  open(): AsyncIterable<Uint8Array>;
}
