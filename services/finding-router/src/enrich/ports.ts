/** Tags as they are now, not as the finding holds them. */
export interface LiveTags {
  /**
   * Tags by ARN; an ARN that has none may be missing.
   *
   * @throws whatever AWS answers: the caller says that the tags are not known, and guesses nothing.
   */
  of(arns: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
}

/** Where accounts are in the organization. */
export interface OrganizationalUnits {
  /** Ids of all units above an account, and of the root. */
  of(accountId: string): Promise<readonly string[]>;
}
