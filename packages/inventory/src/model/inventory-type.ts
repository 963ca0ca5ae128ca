/** How the lines of one type of inventory are read and compared. */
export interface InventoryType {
  /** E.g. `AWS:Application`. */
  readonly name: string;
  /**
   * Attributes that tell which thing a line is. `AWS:File` has rules of its own for paths. None: all lines speak of one thing, the node;
   * `*`: a thing is all that its line says, so that another line is another thing.
   */
  readonly identity: readonly string[];
  /** Attributes that mean content; all others may change unsaid. */
  readonly compare: readonly string[];
  /** Compared attributes that are times: equal instants written differently are equal. */
  readonly times: readonly string[];
}
