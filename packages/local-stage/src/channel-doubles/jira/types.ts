import type { HttpDouble } from '../http-double.ts';
import type { DoubleOptions } from '../start-double.ts';

export type JiraEdition = 'cloud' | 'data-center';

export interface JiraStatus {
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done';
}

export interface JiraTransition {
  readonly id: string;
  readonly name: string;
  /** Names of statuses; from all where absent. */
  readonly from?: readonly string[];
  readonly to: string;
  /** Whether its screen demands a resolution. */
  readonly needsResolution?: boolean;
}

/** Somebody in Jira: `accountId` in Cloud, `key` and `name` in Data Center. */
export interface JiraPerson {
  readonly id: string;
  readonly displayName: string;
}

export interface JiraWorkflow {
  /** An issue begins with the first. */
  readonly statuses: readonly JiraStatus[];
  readonly transitions: readonly JiraTransition[];
}

export interface JiraDoubleOptions extends DoubleOptions {
  readonly edition: JiraEdition;
  /** Of the only user: e-mail and token of Cloud; Data Center looks at the token only. */
  readonly email?: string;
  readonly token: string;
  readonly project: string;
  readonly issueTypes?: readonly string[];
  /** Fields beside the system's own that an issue may have, e.g. `customfield_10010`. */
  readonly customFields?: readonly string[];
  readonly requiredFields?: readonly string[];
  readonly workflow?: JiraWorkflow;
  /** Whom the project gives new issues to; nobody where absent. */
  readonly defaultAssignee?: JiraPerson;
  /** Milliseconds until a search finds a new issue, and forgets a deleted one. */
  readonly searchDelay?: number;
}

/** What happened to an issue, in order. */
export interface JiraEvent {
  readonly kind: 'created' | 'comment' | 'transition' | 'assigned' | 'deleted';
  /** A transition's target status; a comment's text; a person's name. */
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface JiraDoubleIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
  readonly status: JiraStatus;
  readonly assignee?: JiraPerson | undefined;
  /** As they were sent: a document of Cloud, wiki markup of Data Center. */
  readonly comments: readonly unknown[];
  readonly events: readonly JiraEvent[];
  readonly isDeleted: boolean;
}

/** Jira, as far as tickets use it. */
export interface JiraDouble extends HttpDouble {
  /** All that were made, the deleted too, the oldest first. */
  issues(): readonly JiraDoubleIssue[];
  /** Texts of all descriptions and comments, for counting. */
  textOf(body: unknown): string;
  /** Labels that begin with `riposte-` and that more than one existing issue has. */
  duplicates(): readonly string[];
  /** As people do. */
  remove(key: string): void;
  /** As people do: to the status of this name. */
  move(key: string, status: string): void;
  /** As people do: to nobody where absent. */
  assign(key: string, person?: JiraPerson): void;
  /** As people do; the body as plain text. */
  say(key: string, text: string): void;
}
