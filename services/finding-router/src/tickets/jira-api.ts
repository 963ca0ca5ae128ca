import * as z from 'zod';
import { ChannelDownError } from '../errors.ts';
import { type Transition, transitionsAnswer } from './choose-transition.ts';
import { jiraRefusal, type Suspects } from './jira-refusal.ts';
import type { JiraChannel } from './ticket-deps.ts';
import type { TicketAnswer, TicketHttp, TicketRequest } from './ticket-http.ts';

const standingFields = {
  status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }) }),
  /** Cloud knows people by `accountId`, Data Center by `key`. */
  assignee: z
    .object({
      accountId: z.string().optional(),
      key: z.string().optional(),
      displayName: z.string().optional(),
    })
    .nullish(),
};
const issueAnswer = z.object({
  key: z.string(),
  fields: z.object({ ...standingFields, description: z.unknown().optional() }),
});
const takenAnswer = z.object({
  issues: z.array(z.object({ key: z.string(), fields: z.object(standingFields) })),
});
const searchAnswer = z.object({ issues: z.array(z.object({ key: z.string() })) });
const commentsAnswer = z.object({
  comments: z.array(z.object({ body: z.unknown().optional(), created: z.string() })),
});
const createAnswer = z.object({ key: z.string() });

export type JiraIssue = z.infer<typeof issueAnswer>;
/** An issue as far as it says who has it. */
export type JiraStanding = z.infer<typeof takenAnswer>['issues'][number];

/** The operations of Jira's REST API that tickets need: version 3 of Cloud, 2 of Data Center. */
export interface JiraApi {
  /** Keys of the project's issues with this label, the oldest first. */
  search(label: string): Promise<readonly string[]>;
  /** Those of the project's issues with these labels that are not done, and that are assigned or in progress. */
  taken(labels: readonly string[]): Promise<readonly JiraStanding[]>;
  /** Undefined where it does not exist. */
  get(key: string): Promise<JiraIssue | undefined>;
  create(fields: Readonly<Record<string, unknown>>): Promise<string>;
  /** Whether a comment's body fits, of those that may have been written since then. */
  someComment(key: string, since: Date, fits: (body: unknown) => boolean): Promise<boolean>;
  comment(key: string, body: unknown): Promise<void>;
  transitions(key: string): Promise<readonly Transition[]>;
  transition(key: string, id: string, fields?: Readonly<Record<string, unknown>>): Promise<void>;
}

const suspects = {
  search: { missing: 'url', otherwise: 'project' },
  create: { missing: 'project', otherwise: 'ticket' },
  issue: { missing: 'ticket', otherwise: 'ticket' },
  comment: { missing: 'ticket', otherwise: 'comment' },
  transition: { missing: 'ticket', otherwise: 'transitions' },
};

/** Comments of the greatest length that stay below the greatest answer. */
const pageSize = 20;
const mostPages = 25;

/** Milliseconds by which the clocks of two machines may differ. */
const skew = 600_000;

/** At most so many issues of one label are looked at: there is one, or a few where people made copies. */
const mostHits = 20;

/** Categories by their keys, which no language of the site changes. */
const isTaken =
  'statusCategory != done AND (assignee is not EMPTY OR statusCategory = indeterminate)';

/**
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/
 * @see https://developer.atlassian.com/server/jira/platform/rest/
 */
export function createJiraApi(channel: JiraChannel, http: TicketHttp): JiraApi {
  const isCloud = channel.edition === 'cloud';
  const root = isCloud ? '/rest/api/3' : '/rest/api/2';
  const issuePath = (key: string, rest = '') => `${root}/issue/${encodeURIComponent(key)}${rest}`;

  const searchPath = (query: URLSearchParams) => `${root}/search${isCloud ? '/jql' : ''}?${query}`;

  const gone = ({ said }: TicketAnswer) =>
    new ChannelDownError(channel.name, `a ticket was deleted meanwhile: ${said}`);

  /** An answer of 200 to 299. */
  async function accepted(request: TicketRequest, suspects: Suspects): Promise<TicketAnswer> {
    const answer = await http.call(request);
    // It was there a moment ago: the next try knows better what to do.
    if (answer.status === 404 && suspects.missing === 'ticket') throw gone(answer);
    if (answer.status >= 400) throw jiraRefusal(channel, answer, suspects, http.say);
    return answer;
  }

  return {
    async search(label) {
      const jql = `project = ${quoted(channel.project)} AND labels = ${quoted(label)} ORDER BY created ASC`;
      const query = new URLSearchParams({ jql, maxResults: `${mostHits}`, fields: 'status' });
      const answer = await accepted({ method: 'GET', path: searchPath(query) }, suspects.search);
      return http.read(searchAnswer, answer).issues.map(({ key }) => key);
    },
    async taken(labels) {
      // By label: a key that exists no more makes the whole question wrong.
      const named = labels.map(quoted).join(', ');
      const jql = `project = ${quoted(channel.project)} AND labels in (${named}) AND ${isTaken}`;
      const query = new URLSearchParams({ jql, maxResults: '100', fields: 'status,assignee' });
      const answer = await accepted({ method: 'GET', path: searchPath(query) }, suspects.search);
      return http.read(takenAnswer, answer).issues;
    },
    async get(key) {
      const path = issuePath(key, '?fields=status,assignee,description');
      const answer = await http.call({ method: 'GET', path });
      if (answer.status === 404) return undefined;
      if (answer.status >= 400) throw jiraRefusal(channel, answer, suspects.issue, http.say);
      return http.read(issueAnswer, answer);
    },
    async create(fields) {
      const request = { method: 'POST', path: `${root}/issue`, body: { fields } } as const;
      return http.read(createAnswer, await accepted(request, suspects.create)).key;
    },
    async someComment(key, since, fits) {
      for (let page = 0; page < mostPages; page += 1) {
        const query = `orderBy=-created&maxResults=${pageSize}&startAt=${page * pageSize}`;
        const path = issuePath(key, `/comment?${query}`);
        const answer = await accepted({ method: 'GET', path }, suspects.issue);
        const { comments } = http.read(commentsAnswer, answer);
        if (comments.some(({ body }) => fits(body))) return true;
        const isLast = comments.length < pageSize;
        if (isLast || comments.some(({ created }) => isBefore(created, since))) return false;
      }
      return false;
    },
    async comment(key, body) {
      const path = issuePath(key, '/comment');
      await accepted({ method: 'POST', path, body: { body } }, suspects.comment);
    },
    async transitions(key) {
      const path = issuePath(key, '/transitions?expand=transitions.fields');
      return http.read(transitionsAnswer, await accepted({ method: 'GET', path }, suspects.issue))
        .transitions;
    },
    async transition(key, id, fields) {
      const body = { transition: { id }, ...(fields ? { fields } : {}) };
      await accepted(
        { method: 'POST', path: issuePath(key, '/transitions'), body },
        suspects.transition,
      );
    },
  };
}

/** A word of JQL in quotes. */
function quoted(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&')}"`;
}

function isBefore(created: string, since: Date): boolean {
  return Date.parse(created) < since.getTime() - skew;
}
