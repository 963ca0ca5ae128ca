import type { TicketStanding } from '../delivery.ts';
import type { AskHeld } from './held-ticket.ts';
import { createJiraApi, type JiraStanding } from './jira-api.ts';
import type { JiraChannel, TicketDeps } from './ticket-deps.ts';
import { createTicketHttp } from './ticket-http.ts';
import { ticketLabel } from './ticket-marks.ts';
import { jiraAuthorization } from './ticket-secrets.ts';

/** Asks Jira, in one search, who has tickets: at most fifty, so that the address stays short. */
export function jiraTaken(deps: Pick<TicketDeps, 'now' | 'timeoutMs'>): AskHeld<JiraChannel> {
  return async (tickets, channel, secret) => {
    const http = createTicketHttp(channel, jiraAuthorization(channel, secret), deps);
    const api = createJiraApi(channel, http);
    const issues = await api.taken(tickets.map(({ ticketKey }) => ticketLabel(ticketKey)));
    return issues.map((issue) => {
      const assignee = issue.fields.assignee?.displayName;
      return {
        ...{ reference: issue.key, name: issue.key, standing: jiraStanding(issue) },
        ...(assignee !== undefined && { assignee }),
      };
    });
  };
}

/** Who has an issue. One that is done says nothing of it. */
export function jiraStanding({ fields }: JiraStanding): TicketStanding {
  const { name, statusCategory } = fields.status;
  if (statusCategory.key === 'done') return {};
  const { accountId, key } = fields.assignee ?? {};
  const assignee = accountId ?? key;
  return {
    ...(assignee !== undefined && { assignee }),
    ...(statusCategory.key === 'indeterminate' && { inProgress: name }),
  };
}
