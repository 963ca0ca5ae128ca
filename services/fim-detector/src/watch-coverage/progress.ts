/** How far the watch has come: what does not fit into one run goes on in the next. */
export interface Noted {
  /** The key after which gaps are looked for; empty: from the start. */
  readonly gapsAfter?: string;
  /** The item after which the table is read; empty: from the start. */
  readonly itemsAfter?: string;
  /** When the reading of the table began that is under way. */
  readonly itemsSince?: string;
  /** Exceptions that ended before have been dealt with. */
  readonly exceptionsUpTo?: string;
}

export interface Progress {
  read(): Promise<Noted>;
  /** Changes what is given. */
  note(changes: Noted): Promise<void>;
}
