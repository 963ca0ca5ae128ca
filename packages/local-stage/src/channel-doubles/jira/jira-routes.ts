import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from '../http-double.ts';
import { parseJson } from '../parse-json.ts';
import { bodyProblem, checkFields } from './check-fields.ts';
import type { JiraState, StoredIssue } from './jira-state.ts';
import type { JiraDoubleOptions, JiraEdition, JiraPerson, JiraTransition } from './types.ts';

const newIssue = z.object({ fields: z.record(z.string(), z.unknown()) });
const newComment = z.object({ body: z.unknown() });
const newTransition = z.object({
  transition: z.object({ id: z.string() }),
  fields: z.record(z.string(), z.unknown()).default({}),
});

/** The questions that tickets ask: which there are, and which of some are taken. */
const questions = [
  /^project = "(?<project>[^"]+)" AND labels = (?<labels>"[^"]+") ORDER BY created ASC$/,
  /^project = "(?<project>[^"]+)" AND labels in \((?<labels>"[^"]+"(?:, "[^"]+")*)\) AND (?<taken>statusCategory != done AND \(assignee is not EMPTY OR statusCategory = indeterminate\))$/,
];

const resolutions = [{ name: "Won't Do" }, { name: 'Done' }];

export interface JiraDesk {
  readonly options: JiraDoubleOptions;
  readonly state: JiraState;
}

/** Errors as Jira words them: for the whole request, and by field. */
export function problem(
  status: number,
  errorMessages: readonly string[],
  errors: Readonly<Record<string, string>> = {},
): DoubleAnswer {
  return { status, body: { errorMessages, errors } };
}

export function search({ options, state }: JiraDesk, request: DoubleRequest): DoubleAnswer {
  const jql = request.query.get('jql') ?? '';
  const [asked] = questions.flatMap((question) => {
    const found = question.exec(jql);
    return found ? [{ ...found.groups }] : [];
  });
  if (!asked) return problem(400, ['Error in the JQL Query.']);
  const { project, labels = '', taken } = asked;
  if (project !== options.project) {
    return problem(400, [`The value '${project}' does not exist for the field 'project'.`]);
  }
  const named = [...labels.matchAll(/"([^"]+)"/g)].flatMap(([, label]) => label ?? []);
  const all = state.search(named).filter((issue) => taken === undefined || isTaken(issue));
  const maxResults = Number(request.query.get('maxResults') ?? 50);
  const fields = request.query.get('fields')?.split(',') ?? [];
  const issues = all.slice(0, maxResults).map((issue) => ({
    ...{ id: issue.id, key: issue.key },
    fields: fieldsOf(issue, options, fields),
  }));
  const page =
    options.edition === 'cloud'
      ? { isLast: all.length <= maxResults }
      : { startAt: 0, maxResults, total: all.length };
  return { status: 200, body: { issues, ...page } };
}

export function create({ options, state }: JiraDesk, request: DoubleRequest): DoubleAnswer {
  const parsed = newIssue.safeParse(parseJson(request.body));
  if (!parsed.success) return problem(400, ['Invalid request payload.']);
  const errors = checkFields(parsed.data.fields, options);
  if (Object.keys(errors).length > 0) return problem(400, [], errors);
  const { id, key } = state.create(parsed.data.fields);
  return { status: 201, body: { id, key, self: `/rest/api/latest/issue/${id}` } };
}

export function get({ options }: JiraDesk, issue: StoredIssue, request: DoubleRequest) {
  const fields = request.query.get('fields')?.split(',');
  const { id, key } = issue;
  return { status: 200, body: { id, key, fields: fieldsOf(issue, options, fields) } };
}

export function listComments(_: JiraDesk, issue: StoredIssue, request: DoubleRequest) {
  const times = issue.events.filter(({ kind }) => kind === 'comment').map(({ at }) => at);
  const stored = issue.comments.map((body, index) => {
    const created = times[index]?.replace('Z', '+0000');
    return { id: `${index + 1}`, body, created };
  });
  const isNewestFirst = request.query.get('orderBy') === '-created';
  const ordered = isNewestFirst ? stored.toReversed() : stored;
  const maxResults = Number(request.query.get('maxResults') ?? 5_000);
  const startAt = Number(request.query.get('startAt') ?? 0);
  const comments = ordered.slice(startAt, startAt + maxResults);
  return { status: 200, body: { startAt, maxResults, total: stored.length, comments } };
}

export function comment({ options, state }: JiraDesk, issue: StoredIssue, request: DoubleRequest) {
  const { body } = newComment.parse(parseJson(request.body));
  const wrong = bodyProblem(body, options.edition);
  if (wrong !== undefined) return problem(400, [], { comment: wrong });
  state.comment(issue.key, body);
  return { status: 201, body: { id: `${issue.comments.length + 1}`, body } };
}

export function listTransitions({ state }: JiraDesk, issue: StoredIssue): DoubleAnswer {
  const transitions = offered(state, issue).map(({ id, name, to, needsResolution }) => {
    const status = state.workflow.statuses.find((candidate) => candidate.name === to);
    const resolution = { required: true, name: 'Resolution', allowedValues: resolutions };
    return {
      ...{ id, name },
      to: { name: to, statusCategory: { key: status?.category } },
      fields: needsResolution ? { resolution } : {},
    };
  });
  return { status: 200, body: { expand: 'transitions', transitions } };
}

export function transition({ state }: JiraDesk, issue: StoredIssue, request: DoubleRequest) {
  const { transition: wanted, fields } = newTransition.parse(parseJson(request.body));
  const found = offered(state, issue).find(({ id }) => id === wanted.id);
  if (!found) {
    const words = `It seems that you have tried to perform a workflow operation (${wanted.id}) that is not valid`;
    return problem(400, [words]);
  }
  if (found.needsResolution && fields.resolution === undefined) {
    return problem(400, [], { resolution: 'Resolution is required.' });
  }
  state.move(issue.key, found.to);
  return { status: 204 };
}

function offered(state: JiraState, issue: StoredIssue): readonly JiraTransition[] {
  return state.workflow.transitions.filter(
    ({ from }) => from === undefined || from.includes(issue.status.name),
  );
}

function isTaken({ status, assignee }: StoredIssue): boolean {
  const { category } = status;
  return category === 'indeterminate' || (category === 'new' && assignee !== undefined);
}

/** Those fields that were asked for; all of them where nobody said which. */
function fieldsOf(
  { fields, status, labels, assignee }: StoredIssue,
  { edition }: JiraDoubleOptions,
  asked?: readonly string[],
): Readonly<Record<string, unknown>> {
  const { summary, description } = fields;
  const { name, category } = status;
  const all = {
    ...{ summary, description, labels },
    status: { name, statusCategory: { key: category } },
    assignee: assignee ? personOf(assignee, edition) : null,
  };
  const told = Object.entries(all).filter(([field]) => asked?.includes(field) ?? true);
  return Object.fromEntries(told);
}

/** Cloud tells no names but those that people show; Data Center knows them by key and user name. */
function personOf({ id, displayName }: JiraPerson, edition: JiraEdition) {
  const shown = { displayName, active: true, timeZone: 'Etc/UTC' };
  return edition === 'cloud'
    ? { accountId: id, accountType: 'atlassian', ...shown }
    : { key: id, name: id, emailAddress: `${id}@example.com`, ...shown };
}
