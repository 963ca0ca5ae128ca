import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from '../http-double.ts';
import { parseJson } from '../parse-json.ts';
import { bodyProblem, checkFields } from './check-fields.ts';
import type { JiraState, StoredIssue } from './jira-state.ts';
import type { JiraDoubleOptions, JiraTransition } from './types.ts';

const newIssue = z.object({ fields: z.record(z.string(), z.unknown()) });
const newComment = z.object({ body: z.unknown() });
const newTransition = z.object({
  transition: z.object({ id: z.string() }),
  fields: z.record(z.string(), z.unknown()).default({}),
});

/** The only question that tickets ask. */
const question = /^project = "([^"]+)" AND labels = "([^"]+)" ORDER BY created ASC$/;

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
  const [, project, label = ''] = question.exec(request.query.get('jql') ?? '') ?? [];
  if (project === undefined) return problem(400, ['Error in the JQL Query.']);
  if (project !== options.project) {
    return problem(400, [`The value '${project}' does not exist for the field 'project'.`]);
  }
  const all = state.search(label);
  const maxResults = Number(request.query.get('maxResults') ?? 50);
  const issues = all.slice(0, maxResults).map(shortIssue);
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

export function get(_: JiraDesk, issue: StoredIssue): DoubleAnswer {
  return { status: 200, body: { ...shortIssue(issue), ...fullFields(issue) } };
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

function shortIssue({ id, key, status }: StoredIssue) {
  const { name, category } = status;
  return { id, key, fields: { status: { name, statusCategory: { key: category } } } };
}

function fullFields({ fields, status, labels }: StoredIssue) {
  const { name, category } = status;
  const { summary, description } = fields;
  const told = { name, statusCategory: { key: category } };
  return { fields: { summary, description, labels, status: told } };
}
