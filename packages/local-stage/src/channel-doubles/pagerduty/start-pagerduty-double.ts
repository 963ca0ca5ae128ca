import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest, HttpDouble } from '../http-double.ts';
import { parseJson } from '../parse-json.ts';
import { repeats } from '../repeats.ts';
import { type DoubleOptions, startDouble } from '../start-double.ts';
import { type AlertDesk, alertDesk, type PagerDutyAlert } from './alert-desk.ts';

export interface PagerDutyDoubleOptions extends DoubleOptions {
  /** Of the service's integration; any of 32 characters where absent. */
  readonly routingKey?: string;
}

export interface PagerDutyDouble extends HttpDouble {
  /** What people see: repeats of a trigger are in the log of their alert. */
  alerts(): readonly PagerDutyAlert[];
  /** How many triggers came once more with a message id that came before. */
  duplicates(): number;
}

const action = z.enum(['trigger', 'acknowledge', 'resolve']);
const eventSchema = z.looseObject({
  routing_key: z.string(),
  event_action: action,
  dedup_key: z.string().max(255).optional(),
});
const payloadSchema = z.looseObject({
  summary: z.string().min(1),
  source: z.string().min(1),
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  custom_details: z.looseObject({ message_id: z.string().optional() }).optional(),
});
const links = z.array(z.looseObject({ href: z.httpUrl(), text: z.string().optional() }));

const mostBytes = 512 * 1024;
const longestSummary = 1024;

/**
 * Plays `/v2/enqueue` of PagerDuty's Events API, with its deduplication.
 *
 * @see https://developer.pagerduty.com/docs/events-api-v2-overview
 */
export async function startPagerDutyDouble(
  options: PagerDutyDoubleOptions = {},
): Promise<PagerDutyDouble> {
  const desk = alertDesk();
  let keys = 0;
  const nextKey = () => {
    keys += 1;
    return `generated-${keys}`;
  };
  const double = await startDouble(
    (request) => enqueue({ desk, options, nextKey }, request),
    options,
  );
  return {
    ...double,
    alerts: () => desk.alerts(),
    duplicates: () => repeats(desk.alerts().flatMap(({ messages }) => messages)),
  };
}

interface Service {
  readonly desk: AlertDesk;
  readonly options: PagerDutyDoubleOptions;
  readonly nextKey: () => string;
}

function enqueue({ desk, options, nextKey }: Service, request: DoubleRequest): DoubleAnswer {
  if (request.path !== '/v2/enqueue' || request.method !== 'POST') return { status: 404 };
  if (Buffer.byteLength(request.body) > mostBytes) return invalid('Event is larger than 512 KB');
  const event = eventSchema.safeParse(parseJson(request.body));
  if (!event.success) return invalid("'event_action' is missing or invalid");
  const { routing_key, event_action, dedup_key } = event.data;
  const problem = keyProblem(routing_key, options.routingKey);
  if (problem !== undefined) return invalid(problem);
  if (event_action !== 'trigger') {
    if (dedup_key === undefined) return invalid("'dedup_key' is missing");
    desk.take({ action: event_action, dedupKey: dedup_key, summary: '', severity: '' });
    return accepted(dedup_key);
  }
  const payload = payloadSchema.safeParse(event.data.payload);
  if (!payload.success)
    return invalid(`'payload.${payload.error.issues[0]?.path.join('.')}' is missing or invalid`);
  if (!links.safeParse(event.data.links ?? []).success) return invalid("'links' is invalid");
  const { summary, severity, custom_details } = payload.data;
  if (summary.length > longestSummary) return invalid("'payload.summary' is too long");
  const dedupKey = dedup_key ?? nextKey();
  const messageId = custom_details?.message_id;
  desk.take({
    ...{ action: event_action, dedupKey, summary, severity },
    ...(messageId !== undefined && { messageId }),
  });
  return accepted(dedupKey);
}

function keyProblem(key: string, wanted: string | undefined): string | undefined {
  if (key.length !== 32) return "Length of 'routing_key' is incorrect (should be 32 characters)";
  return wanted === undefined || key === wanted ? undefined : 'Invalid routing key';
}

function accepted(dedup_key: string): DoubleAnswer {
  return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key } };
}

function invalid(error: string): DoubleAnswer {
  const body = { status: 'invalid event', message: 'Event object is invalid', errors: [error] };
  return { status: 400, body };
}
