import type { DoubleAnswer, DoubleBehaviour, DoubleRequest } from '../http-double.ts';
import { repeated } from '../repeats.ts';
import { startDouble } from '../start-double.ts';
import { createIncidentTable } from './incident-table.ts';
import { change, create, get, list, problem, type TableDesk } from './table-routes.ts';
import type { ServiceNowDouble, ServiceNowDoubleOptions } from './types.ts';

const path = '/api/now/table/incident';

const sleeping: DoubleAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html;charset=UTF-8' },
  body: '<html><head><title>Instance Hibernating page</title></head><body>Your instance is hibernating.</body></html>',
};

/**
 * Starts a ServiceNow instance on 127.0.0.1 whose Table API has incidents, with the same answers, errors and silences: unknown
 * fields are dropped, closed incidents stay closed, and one that is resolved must say how.
 *
 * @see https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html
 * @example
 * const serviceNow = await startServiceNowDouble({ user: 'riposte', password: 'p' });
 */
export async function startServiceNowDouble(
  options: ServiceNowDoubleOptions,
): Promise<ServiceNowDouble> {
  const table = createIncidentTable(options);
  const state = { sleeps: false };
  const behaviour = behaviourOf({ options, table });
  const double = await startDouble(
    (request) => (state.sleeps ? sleeping : behaviour(request)),
    options,
  );
  return {
    ...double,
    incidents: table.all,
    duplicates() {
      const ids = table
        .all()
        .filter((row) => !row.isDeleted)
        .flatMap(({ fields }) => fields.correlation_id ?? []);
      return repeated(ids);
    },
    remove: table.remove,
    change(sysId, fields) {
      if (!table.change(sysId, fields)) throw new RangeError(`no incident ${sysId}`);
    },
    hibernate(on) {
      state.sleeps = on;
    },
  };
}

function behaviourOf(desk: TableDesk): DoubleBehaviour {
  return (request) => {
    if (!isKnown(desk.options, request)) {
      return problem(401, 'User Not Authenticated', 'Required to provide Auth information');
    }
    const { method } = request;
    if (request.path === path && method === 'GET') return list(desk, request);
    if (request.path === path && method === 'POST') return create(desk, request);
    const [, sysId] = /^\/api\/now\/table\/incident\/([^/]+)$/.exec(request.path) ?? [];
    if (sysId === undefined) return problem(400, `Invalid table ${request.path}`, null);
    if (method === 'GET') return get(desk, sysId, request);
    if (method === 'PATCH') return change(desk, sysId, request);
    return problem(405, 'Method not supported', null);
  };
}

function isKnown(
  { user, password, token }: ServiceNowDoubleOptions,
  request: DoubleRequest,
): boolean {
  const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const given = request.headers.authorization;
  return given === basic || (token !== undefined && given === `Bearer ${token}`);
}
