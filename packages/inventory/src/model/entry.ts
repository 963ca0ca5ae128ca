/** One line of an inventory: a file, a package, a service. */
export interface Entry {
  /** Which thing it is: two lines have the same exactly where they speak of the same thing (Windows folds case). */
  readonly identity: string;
  /** What people call it and rules match: the path of a file as it was written. Anybody's text: escape it before showing it. */
  readonly name: string;
  /** Every attribute of the line but `resourceId`, `captureTime` and `schemaVersion`; what is no text is JSON. */
  readonly attributes: Readonly<Record<string, string>>;
}
