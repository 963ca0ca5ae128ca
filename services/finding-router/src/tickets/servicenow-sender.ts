import type { Sender, TicketCommand } from '../delivery.ts';
import { DeliveryRefusedError } from '../errors.ts';
import { mergeFields } from './merge-fields.ts';
import { runCommand, type Ticket, type TicketSystem } from './run-command.ts';
import { createServiceNowApi, type Incident, type ServiceNowApi } from './servicenow-api.ts';
import { final, inProgress, isDone, resolved, serviceNowStanding } from './servicenow-standing.ts';
import {
  descriptionOf,
  fieldText,
  titleText,
  urgencyBySeverity,
  workNotesOf,
} from './servicenow-text.ts';
import type { ServiceNowChannel, TicketDeps } from './ticket-deps.ts';
import { createTicketHttp, type Say } from './ticket-http.ts';
import { shortCommandMark, ticketLabel } from './ticket-marks.ts';
import { serviceNowAuthorization } from './ticket-secrets.ts';

/** What fits `correlation_display`, which has 100 characters, after the name. */
const mostMarks = 8;
const ownName = 'Riposte';

interface IncidentTicket extends Ticket {
  readonly incident: Incident;
}

interface Parts {
  readonly channel: ServiceNowChannel;
  readonly api: ServiceNowApi;
  readonly say: Say;
}

/**
 * Sends tickets to ServiceNow as incidents (user and password, or an OAuth token). `correlation_id` is made of the ticket's key;
 * `correlation_display` is `Riposte` and the marks of the last commands, written in the same request as their effect, so that a
 * repeated command has none.
 *
 * @example
 * const send = serviceNowSender({ now: () => new Date(), wait, timeoutMs: 10_000, lookAgain: [1_000] });
 * const { reference } = await send(command, channel, { user: 'riposte', password: '…' });
 */
export function serviceNowSender(deps: TicketDeps): Sender<TicketCommand, ServiceNowChannel> {
  return async (command, channel, secret) => {
    const http = createTicketHttp(channel, serviceNowAuthorization(channel, secret), deps);
    const api = createServiceNowApi(channel, http);
    const system = incidents({ channel, api, say: http.say });
    return await runCommand({ system, command, deps });
  };
}

function incidents(parts: Parts): TicketSystem<IncidentTicket> {
  const { channel, api } = parts;
  return {
    async get(reference) {
      const found = await api.get(reference);
      return found && ticketOf(channel, found);
    },
    async search(label) {
      return (await api.search(label)).map((found) => ticketOf(channel, found));
    },
    async create(command, follows) {
      return ticketOf(channel, await api.create(fieldsFor(channel, command, follows)));
    },
    async isWritten({ incident }, command) {
      return marksOf(incident).includes(shortCommandMark(command.id));
    },
    async write(ticket, command) {
      if (command.action === 'reopen' && final.has(ticket.incident.state)) return false;
      const answer = await api.update(ticket.reference, changesFor(channel, ticket, command));
      checkState(parts, ticketOf(channel, answer), command);
      return true;
    },
  };
}

function ticketOf(channel: ServiceNowChannel, incident: Incident): IncidentTicket {
  const form = encodeURIComponent(`incident.do?sys_id=${incident.sys_id}`);
  return {
    reference: incident.sys_id,
    name: incident.number,
    url: `${channel.url.replace(/\/+$/, '')}/nav_to.do?uri=${form}`,
    isDone: isDone(incident),
    standing: serviceNowStanding(incident),
    incident,
  };
}

function fieldsFor(
  channel: ServiceNowChannel,
  command: TicketCommand,
  follows: string | undefined,
): Record<string, unknown> {
  const { open } = splitFields(channel, command);
  return {
    ...urgencyBySeverity[command.finding.severity],
    ...open,
    short_description: titleText(command.title),
    description: descriptionOf(command, follows),
    correlation_id: ticketLabel(command.ticketKey),
    correlation_display: markedBy([], command),
  };
}

function changesFor(
  channel: ServiceNowChannel,
  { incident, isDone }: IncidentTicket,
  command: TicketCommand,
): Record<string, unknown> {
  const work_notes = workNotesOf(command);
  const correlation_display = markedBy(marksOf(incident), command);
  const note = { work_notes, correlation_display };
  if (command.action === 'resolve' && !isDone) {
    return { ...note, state: resolved, ...splitFields(channel, command).close };
  }
  return command.action === 'reopen' && isDone ? { ...note, state: inProgress } : note;
}

/** `close_code` and `close_notes` are of use only when an incident is resolved, all others when it is opened. */
function splitFields(channel: ServiceNowChannel, command: TicketCommand) {
  const { close_code, close_notes, ...open } = mergeFields(
    [channel.fields, command.fields],
    command.finding,
  );
  const close = {
    close_code: close_code ?? 'Solution provided',
    close_notes: close_notes ?? fieldText(command.comment ?? command.title),
  };
  return { open, close };
}

/** A business rule can undo a change of state without a word. */
function checkState(
  { channel, say }: Parts,
  { isDone, incident }: IncidentTicket,
  { action }: TicketCommand,
): void {
  if (action !== 'resolve' && action !== 'reopen') return;
  if (isDone === (action === 'resolve')) return;
  const said = say(`${incident.number} stays in state ${incident.state} after ${action}`);
  throw new DeliveryRefusedError(channel.name, 'fields.state', said);
}

function marksOf({ correlation_display }: Incident): readonly string[] {
  const [name, ...marks] = correlation_display.split(' ');
  return name === ownName ? marks : [];
}

function markedBy(marks: readonly string[], { id }: TicketCommand): string {
  return [ownName, ...[...marks, shortCommandMark(id)].slice(-mostMarks)].join(' ');
}
