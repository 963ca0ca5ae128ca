import { textOfDocument } from './adf.ts';
import type {
  JiraDoubleIssue,
  JiraDoubleOptions,
  JiraEvent,
  JiraPerson,
  JiraWorkflow,
} from './types.ts';

export interface StoredIssue extends JiraDoubleIssue {
  readonly createdAt: number;
  readonly deletedAt?: number;
}

/** What a fresh project of Jira Cloud has. */
const simpleWorkflow: JiraWorkflow = {
  statuses: [
    { name: 'To Do', category: 'new' },
    { name: 'In Progress', category: 'indeterminate' },
    { name: 'Done', category: 'done' },
  ],
  transitions: [
    { id: '11', name: 'To Do', to: 'To Do' },
    { id: '21', name: 'In Progress', to: 'In Progress' },
    { id: '31', name: 'Done', to: 'Done' },
  ],
};

export type JiraState = ReturnType<typeof createJiraState>;

/** The issues of the double's only project. */
export function createJiraState(options: JiraDoubleOptions) {
  const now = options.now ?? (() => new Date());
  const workflow = options.workflow ?? simpleWorkflow;
  const issues = new Map<string, StoredIssue>();

  const statusOf = (name: string) => {
    const status = workflow.statuses.find((candidate) => candidate.name === name);
    if (!status) throw new RangeError(`no status ${name}`);
    return status;
  };

  function change(key: string, patch: Partial<StoredIssue>, event: Omit<JiraEvent, 'at'>): void {
    const issue = issues.get(key);
    if (!issue) throw new RangeError(`no issue ${key}`);
    const events = [...issue.events, { ...event, at: now().toISOString() }];
    issues.set(key, { ...issue, ...patch, events });
  }

  return {
    workflow,
    all: (): readonly StoredIssue[] => [...issues.values()],
    find(key: string): StoredIssue | undefined {
      const issue = issues.get(key);
      return issue?.isDeleted ? undefined : issue;
    },
    /** What the index knows at this moment. */
    search(labels: readonly string[]): readonly StoredIssue[] {
      const seen = now().getTime() - (options.searchDelay ?? 0);
      return [...issues.values()].filter(
        (issue) =>
          issue.labels.some((label) => labels.includes(label)) &&
          issue.createdAt <= seen &&
          (issue.deletedAt === undefined || issue.deletedAt > seen),
      );
    },
    create(fields: Readonly<Record<string, unknown>>): StoredIssue {
      const number = issues.size + 1;
      const key = `${options.project}-${number}`;
      const labels = Array.isArray(fields.labels) ? fields.labels.map(String) : [];
      const at = now();
      const [status = statusOf('')] = workflow.statuses;
      const issue: StoredIssue = {
        ...{ id: `${10_000 + number}`, key, fields, labels, status, comments: [] },
        events: [{ kind: 'created', text: `${fields.summary}`, at: at.toISOString() }],
        ...{ isDeleted: false, createdAt: at.getTime() },
        assignee: options.defaultAssignee,
      };
      issues.set(key, issue);
      return issue;
    },
    comment(key: string, body: unknown): void {
      const comments = [...(issues.get(key)?.comments ?? []), body];
      change(key, { comments }, { kind: 'comment', text: textOfDocument(body) });
    },
    move(key: string, to: string): void {
      change(key, { status: statusOf(to) }, { kind: 'transition', text: to });
    },
    assign(key: string, assignee?: JiraPerson): void {
      const text = assignee?.displayName ?? '';
      change(key, { assignee }, { kind: 'assigned', text });
    },
    remove(key: string): void {
      const gone = { isDeleted: true, deletedAt: now().getTime() };
      change(key, gone, { kind: 'deleted', text: '' });
    },
  };
}
