import * as z from 'zod';
import { DeliveryRefusedError } from '../errors.ts';
import type { JiraChannel } from './ticket-deps.ts';
import type { Say, TicketAnswer } from './ticket-http.ts';

const problem = z.object({
  errorMessages: z.array(z.string()).default([]),
  errors: z.record(z.string(), z.string()).default({}),
});

/** Fields that the channel has settings of its own for. */
const settings: Readonly<Record<string, string>> = { project: 'project', issuetype: 'issueType' };

/** What is wrong where the answer names no field, by status. */
const byStatus: Readonly<Record<number, string>> = { 401: 'secret', 403: 'project' };

/** What is wrong where the answer names no field and its status says little. */
export interface Suspects {
  /** Where it says that something does not exist. */
  readonly missing: string;
  readonly otherwise: string;
}

/** The error for an answer that repeating cannot better, with the setting or field that is wrong. */
export function jiraRefusal(
  channel: JiraChannel,
  answer: TicketAnswer,
  suspects: Suspects,
  say: Say,
): DeliveryRefusedError {
  const parsed = problem.safeParse(answer.body);
  const { errors, errorMessages } = parsed.success
    ? parsed.data
    : { errors: {}, errorMessages: [] };
  const suspect = answer.status === 404 ? suspects.missing : suspects.otherwise;
  const [field] = Object.keys(errors);
  const words = [
    ...Object.entries(errors).map(([name, message]) => `${name}: ${message}`),
    ...errorMessages,
  ];
  const said = words.length > 0 ? say(words.join('; ')) : answer.said;
  const path = byStatus[answer.status] ?? (field === undefined ? suspect : pathOf(field, say));
  return new DeliveryRefusedError(channel.name, path, `status ${answer.status}: ${said}`);
}

function pathOf(field: string, say: Say): string {
  return settings[field] ?? `fields.${say(field)}`;
}
