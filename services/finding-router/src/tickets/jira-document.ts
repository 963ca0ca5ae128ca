/** What a description or a comment consists of. */
export interface JiraParts {
  /** Somebody's text, not yet safe. */
  readonly text: string;
  /** Address of the finding in Security Hub's console, not yet safe. */
  readonly link?: string;
  /** Last line; see `commandMark`. */
  readonly mark: string;
}

/** The format of descriptions and comments of an edition of Jira. */
export interface JiraDocument {
  write(parts: JiraParts): unknown;
  /** Last line of what Jira gives back, e.g. a mark; empty where there is none. */
  lastLine(body: unknown): string;
}

/** Most characters of a description or comment. */
export const longestDocument = 32_767;

/** The words of the link. */
export const linkWords = 'Open in Security Hub';
