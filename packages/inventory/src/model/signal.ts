/** What makes a change of a file more, or less, alarming than the change alone. */
export type Signal =
  /** Another size under the same modification time. */
  | 'size-changed-time-kept'
  | 'time-went-backwards'
  /** Smaller than it was one inventory before: what only grows was cut. */
  | 'shrank'
  /** Modified after the inventory was taken. */
  | 'time-in-future'
  /** Many files went at once. */
  | 'mass-deletion'
  /** Each file of a watched folder went. */
  | 'folder-gone'
  /** The node's packages changed between the same inventories: lowers severity. */
  | 'package-updated';
