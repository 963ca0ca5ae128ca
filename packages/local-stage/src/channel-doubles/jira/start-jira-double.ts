import type { DoubleAnswer, DoubleBehaviour, DoubleRequest } from '../http-double.ts';
import { repeated } from '../repeats.ts';
import { startDouble } from '../start-double.ts';
import { textOfDocument } from './adf.ts';
import {
  comment,
  create,
  get,
  type JiraDesk,
  listComments,
  listTransitions,
  problem,
  search,
  transition,
} from './jira-routes.ts';
import { createJiraState, type StoredIssue } from './jira-state.ts';
import type { JiraDouble, JiraDoubleOptions } from './types.ts';

type IssueRoute = (desk: JiraDesk, issue: StoredIssue, request: DoubleRequest) => DoubleAnswer;

const issueRoutes: Readonly<Record<string, IssueRoute>> = {
  'GET ': get,
  'GET /comment': listComments,
  'POST /comment': comment,
  'GET /transitions': listTransitions,
  'POST /transitions': transition,
};

/**
 * Starts a Jira of one project on 127.0.0.1: Cloud (REST API version 3) or Data Center (version 2), as far as tickets use it, with
 * the same answers and errors.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/
 * @see https://developer.atlassian.com/server/jira/platform/rest/
 * @example
 * const jira = await startJiraDouble({ edition: 'cloud', project: 'SEC', email: 'bot@example.com', token: 't' });
 * jira.faults.add({ method: 'POST', status: 429, retryAfter: 5, count: 1 });
 */
export async function startJiraDouble(options: JiraDoubleOptions): Promise<JiraDouble> {
  const state = createJiraState(options);
  const double = await startDouble(behaviourOf({ options, state }), options);
  return {
    ...double,
    issues: state.all,
    textOf: textOfDocument,
    duplicates() {
      const labels = state
        .all()
        .filter((issue) => !issue.isDeleted)
        .flatMap((issue) => issue.labels.filter((label) => label.startsWith('riposte-')));
      return repeated(labels);
    },
    remove: state.remove,
    move: state.move,
    assign: state.assign,
    say: state.comment,
  };
}

function behaviourOf(desk: JiraDesk): DoubleBehaviour {
  const isCloud = desk.options.edition === 'cloud';
  const root = isCloud ? '/rest/api/3' : '/rest/api/2';
  return (request) => {
    if (!isKnown(desk.options, request)) return notKnown(isCloud);
    const { method, path } = request;
    if (!path.startsWith(`${root}/`)) return problem(404, ['No such resource.']);
    const place = path.slice(root.length);
    if (place.startsWith('/search')) return found(desk, request, place);
    if (method === 'POST' && place === '/issue') return create(desk, request);
    return ofIssue(desk, request, place);
  };
}

function found(desk: JiraDesk, request: DoubleRequest, place: string): DoubleAnswer {
  const isCloud = desk.options.edition === 'cloud';
  if (isCloud && place === '/search') {
    return problem(410, ['The requested API has been removed. Use /rest/api/3/search/jql.']);
  }
  const isRight = request.method === 'GET' && place === (isCloud ? '/search/jql' : '/search');
  return isRight ? search(desk, request) : problem(404, ['No such resource.']);
}

function ofIssue(desk: JiraDesk, request: DoubleRequest, place: string): DoubleAnswer {
  const [, key, rest = ''] = /^\/issue\/([^/]+)(\/.*)?$/.exec(place) ?? [];
  const route = issueRoutes[`${request.method} ${rest}`];
  if (key === undefined || !route) return problem(404, ['No such resource.']);
  const issue = desk.state.find(decodeURIComponent(key));
  if (!issue) {
    return problem(404, ['Issue does not exist or you do not have permission to see it.']);
  }
  return route(desk, issue, request);
}

function isKnown({ edition, email, token }: JiraDoubleOptions, request: DoubleRequest): boolean {
  const wanted =
    edition === 'cloud'
      ? `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`
      : `Bearer ${token}`;
  return request.headers.authorization === wanted;
}

/** Data Center answers with a page. */
function notKnown(isCloud: boolean): DoubleAnswer {
  if (isCloud) {
    return problem(401, ['Client must be authenticated to access this resource.']);
  }
  const body = '<html><head><title>Unauthorized (401)</title></head></html>';
  return { status: 401, headers: { 'content-type': 'text/html' }, body };
}
