import * as z from 'zod';
import { ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import type { ServiceNowChannel } from './ticket-deps.ts';
import type { TicketAnswer, TicketHttp, TicketRequest } from './ticket-http.ts';

/** A field that its user may not read is missing. */
const incident = z.object({
  sys_id: z.string(),
  number: z.string().default(''),
  state: z.string().default(''),
  correlation_id: z.string().default(''),
  correlation_display: z.string().default(''),
  assigned_to: z.string().default(''),
});
const takenRow = z.object({
  sys_id: z.string(),
  number: z.string().default(''),
  state: z.string().default(''),
  assigned_to: z.string().default(''),
  'assigned_to.name': z.string().default(''),
});
const takenAnswer = z.object({ result: z.array(takenRow) });
const oneAnswer = z.object({ result: incident });
const manyAnswer = z.object({ result: z.array(incident) });
const problem = z.object({
  error: z.object({ message: z.string().default(''), detail: z.string().nullish() }),
});

export type Incident = z.infer<typeof incident>;
/** An incident as far as it says who has it. */
export type IncidentStanding = z.infer<typeof takenRow>;

type Fields = Readonly<Record<string, unknown>>;

/** The operations of ServiceNow's Table API that tickets need. */
export interface ServiceNowApi {
  /** Incidents with this `correlation_id`, the oldest first. */
  search(correlationId: string): Promise<readonly Incident[]>;
  /** Those of these incidents that are assigned, or in one of these states. */
  taken(sysIds: readonly string[], states: readonly string[]): Promise<readonly IncidentStanding[]>;
  /** Undefined where it does not exist. */
  get(sysId: string): Promise<Incident | undefined>;
  create(fields: Fields): Promise<Incident>;
  update(sysId: string, fields: Fields): Promise<Incident>;
}

const table = '/api/now/table/incident';
const shape = {
  sysparm_exclude_reference_link: 'true',
  sysparm_fields: Object.keys(incident.shape).join(','),
};

/** @see https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html */
export function createServiceNowApi(channel: ServiceNowChannel, http: TicketHttp): ServiceNowApi {
  function refusal(answer: TicketAnswer): DeliveryRefusedError {
    const parsed = problem.safeParse(answer.body);
    const { message, detail } = parsed.success ? parsed.data.error : { message: '', detail: '' };
    const words = [message, detail ?? ''].filter((text) => text !== '').join(': ');
    const said = words === '' ? answer.said : http.say(words);
    return new DeliveryRefusedError(
      channel.name,
      suspectOf(answer.status, words),
      `HTTP ${answer.status}: ${said}`,
    );
  }

  async function accepted(request: TicketRequest): Promise<TicketAnswer> {
    const answer = await http.call(request);
    if (answer.status >= 400) throw refusal(answer);
    return answer;
  }

  return {
    async search(correlationId) {
      const sysparm_query = `correlation_id=${correlationId}^ORDERBYsys_created_on`;
      const query = new URLSearchParams({ ...shape, sysparm_query, sysparm_limit: '20' });
      const answer = await accepted({ method: 'GET', path: `${table}?${query}` });
      const found = http.read(manyAnswer, answer).result;
      // ServiceNow drops a condition on a field that its user may not read, and answers with everything.
      return found.filter(({ correlation_id }) => correlation_id === correlationId);
    },
    async taken(sysIds, states) {
      // `^OR` belongs to the condition before it.
      const sysparm_query = `sys_idIN${sysIds.join(',')}^assigned_toISNOTEMPTY^ORstateIN${states.join(',')}`;
      const query = new URLSearchParams({
        sysparm_exclude_reference_link: 'true',
        sysparm_fields: Object.keys(takenRow.shape).join(','),
        sysparm_query,
        sysparm_limit: `${sysIds.length}`,
      });
      const answer = await accepted({ method: 'GET', path: `${table}?${query}` });
      return http.read(takenAnswer, answer).result;
    },
    async get(sysId) {
      const answer = await http.call({ method: 'GET', path: pathOf(sysId) });
      if (answer.status === 404) return undefined;
      if (answer.status >= 400) throw refusal(answer);
      return http.read(oneAnswer, answer).result;
    },
    async create(body) {
      const path = `${table}?${new URLSearchParams(shape)}`;
      return http.read(oneAnswer, await accepted({ method: 'POST', path, body })).result;
    },
    async update(sysId, body) {
      const answer = await http.call({ method: 'PATCH', path: pathOf(sysId), body });
      if (answer.status === 404) {
        // It was there a moment ago: the next try knows better what to do.
        throw new ChannelDownError(channel.name, `a ticket was deleted meanwhile: ${answer.said}`);
      }
      if (answer.status >= 400) throw refusal(answer);
      return http.read(oneAnswer, answer).result;
    },
  };
}

function pathOf(sysId: string): string {
  return `${table}/${encodeURIComponent(sysId)}?${new URLSearchParams(shape)}`;
}

/** Data policies and business rules answer 403 as well as missing roles do. */
function suspectOf(status: number, words: string): string {
  if (status === 401) return 'secret';
  if (status === 404 || /invalid table/i.test(words)) return 'url';
  if (status === 403 && !/polic|mandatory|business rule/i.test(words)) return 'secret';
  return 'fields';
}
