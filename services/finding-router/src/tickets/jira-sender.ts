import type { Sender, TicketCommand } from '../delivery.ts';
import { DeliveryRefusedError } from '../errors.ts';
import { adfDocument } from './adf-document.ts';
import { chooseTransition, fieldsOf } from './choose-transition.ts';
import { createJiraApi, type JiraApi, type JiraIssue } from './jira-api.ts';
import type { JiraDocument } from './jira-document.ts';
import { jiraStanding } from './jira-taken.ts';
import { mergeFields } from './merge-fields.ts';
import { noteOf, runCommand, type Ticket, type TicketSystem } from './run-command.ts';
import type { JiraChannel, TicketDeps } from './ticket-deps.ts';
import { createTicketHttp, type Say } from './ticket-http.ts';
import { commandMark, ticketLabel } from './ticket-marks.ts';
import { jiraAuthorization } from './ticket-secrets.ts';
import { lineText } from './ticket-text.ts';
import { wikiDocument } from './wiki-document.ts';

/** Most characters of a summary. */
const longestSummary = 255;

interface JiraTicket extends Ticket {
  readonly issue: JiraIssue;
}

interface Parts {
  readonly channel: JiraChannel;
  readonly api: JiraApi;
  readonly document: JiraDocument;
  readonly say: Say;
}

/**
 * Sends tickets to Jira Cloud (e-mail and API token) or Data Center (personal access token). An issue carries a label made of the
 * ticket's key, and each comment a last line made of the command's id, so that repeating a command neither makes a second issue nor
 * comments twice.
 *
 * @example
 * const send = jiraSender({ now: () => new Date(), wait, timeoutMs: 10_000, lookAgain: [1_000, 3_000] });
 * const { reference } = await send(command, channel, { email: 'bot@example.com', token: '…' });
 */
export function jiraSender(deps: TicketDeps): Sender<TicketCommand, JiraChannel> {
  return async (command, channel, secret) => {
    const http = createTicketHttp(channel, jiraAuthorization(channel, secret), deps);
    const system = jiraTickets({
      channel,
      api: createJiraApi(channel, http),
      document: channel.edition === 'cloud' ? adfDocument : wikiDocument,
      say: http.say,
    });
    return await runCommand({ system, command, deps });
  };
}

function jiraTickets(parts: Parts): TicketSystem<JiraTicket> {
  const { channel, api, document } = parts;

  async function get(reference: string): Promise<JiraTicket | undefined> {
    const issue = await api.get(reference);
    if (!issue) return undefined;
    const isDone = issue.fields.status.statusCategory.key === 'done';
    return { ...ticketOf(channel, issue.key), isDone, standing: jiraStanding(issue), issue };
  }

  return {
    get,
    async search(label) {
      // The index tells of issues that are gone, and of states that have passed.
      const issues = await Promise.all((await api.search(label)).map(get));
      return issues.filter((issue) => issue !== undefined);
    },
    async create(command, follows) {
      return ticketOf(channel, await api.create(fieldsFor(parts, command, follows)));
    },
    async isWritten({ issue }, command) {
      const mark = commandMark(command.id);
      if (document.lastLine(issue.fields.description) === mark) return true;
      return await api.someComment(issue.key, new Date(command.at), (body) => {
        return document.lastLine(body) === mark;
      });
    },
    async write(ticket, command) {
      if (command.action === 'resolve' && !ticket.isDone) await move(parts, ticket, 'resolve');
      if (command.action === 'reopen' && ticket.isDone) await move(parts, ticket, 'reopen');
      // Last, as its mark says that all is done.
      const text = noteOf(command);
      const body = document.write({ text, mark: commandMark(command.id) });
      await api.comment(ticket.reference, body);
      return true;
    },
  };
}

async function move(
  { channel, api, say }: Parts,
  { reference }: JiraTicket,
  direction: 'resolve' | 'reopen',
): Promise<void> {
  const transitions = await api.transitions(reference);
  const named = channel.transitions?.[direction];
  const categories = direction === 'resolve' ? ['done'] : ['new', 'indeterminate'];
  const transition = chooseTransition(transitions, named, categories);
  if (!transition) {
    const offered = transitions.map(({ name, to }) => `${name} (to ${to.name})`).join(', ');
    throw new DeliveryRefusedError(
      channel.name,
      `transitions.${direction}`,
      say(`${reference} offers ${offered || 'no transition'}`),
    );
  }
  await api.transition(reference, transition.id, fieldsOf(transition));
}

function fieldsFor(
  { channel, document }: Parts,
  command: TicketCommand,
  follows: string | undefined,
): Record<string, unknown> {
  const { finding, title, body } = command;
  const { labels, ...extra } = mergeFields([channel.fields, command.fields], finding);
  const paragraphs = [
    ...(follows === undefined ? [] : [`Follows ${follows}, which takes no more.`]),
    body,
    ...(command.comment === undefined ? [] : [command.comment]),
  ];
  const description = {
    text: paragraphs.join('\n\n'),
    ...(finding.url === undefined ? {} : { link: finding.url }),
    mark: commandMark(command.id),
  };
  return {
    ...extra,
    project: { key: channel.project },
    issuetype: { name: channel.issueType },
    summary: lineText(title, longestSummary),
    description: document.write(description),
    labels: [...(Array.isArray(labels) ? labels : []), ticketLabel(command.ticketKey)],
  };
}

function ticketOf(channel: JiraChannel, key: string): Ticket {
  const ticket = { reference: key, name: key, isDone: false };
  // The gateway for scoped tokens has no pages for people.
  if (new URL(channel.url).hostname === 'api.atlassian.com') return ticket;
  const url = `${channel.url.replace(/\/+$/, '')}/browse/${encodeURIComponent(key)}`;
  return { ...ticket, url };
}
