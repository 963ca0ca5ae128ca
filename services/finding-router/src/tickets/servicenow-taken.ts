import type { AskHeld } from './held-ticket.ts';
import { createServiceNowApi } from './servicenow-api.ts';
import { isDone, serviceNowStanding, workedOn } from './servicenow-standing.ts';
import type { ServiceNowChannel, TicketDeps } from './ticket-deps.ts';
import { createTicketHttp } from './ticket-http.ts';
import { serviceNowAuthorization } from './ticket-secrets.ts';

/** Asks ServiceNow, in one query, who has incidents: at most fifty, so that the address stays short. */
export function serviceNowTaken(
  deps: Pick<TicketDeps, 'now' | 'timeoutMs'>,
): AskHeld<ServiceNowChannel> {
  return async (tickets, channel, secret) => {
    const http = createTicketHttp(channel, serviceNowAuthorization(channel, secret), deps);
    const api = createServiceNowApi(channel, http);
    const rows = await api.taken(
      tickets.map(({ reference }) => reference),
      workedOn,
    );
    const open = rows.filter((row) => !isDone(row));
    return open.map((row) => {
      const { sys_id: reference, number: name, 'assigned_to.name': assignee } = row;
      const standing = serviceNowStanding(row);
      return { reference, name, standing, ...(assignee !== '' && { assignee }) };
    });
  };
}
