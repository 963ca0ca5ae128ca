import { digest } from '@riposte/findings';
import { fingerprintOf, labelsOf, ticketOrder } from '@riposte/notifications';
import type { ChangeKind, Channel, Ticket } from '@riposte/rules';
import type { TicketCommand } from './delivery.ts';
import {
  factsFor,
  messageId,
  renderAll,
  type Step,
  type StepWorld,
  templateData,
} from './effect-step.ts';
import { type Effect, ruleOfEffect } from './effects.ts';
import type { DoneEffect, QueuedMessage } from './finding-state.ts';

const usual: readonly ChangeKind[] = ['severity', 'workflow', 'recordState', 'compliance'];

/** A ticket's life follows its finding's: opened once, commented when what the rule names has changed, resolved, reopened. */
export function ticketStep(effect: Effect, done: DoneEffect | undefined, world: StepWorld): Step {
  const { wanted } = effect;
  if (wanted.kind !== 'ticket') return { messages: [] };
  const { subject, standing } = world;
  const { ticket } = wanted;
  const fingerprint = fingerprintOf(subject.finding, ticket.on ?? usual, subject);
  const action = nextAction(done, { closed: standing.closed, fingerprint });
  if (!action) return { messages: [], ...(done && { done: { ...done, fingerprint } }) };
  const key = done?.key ?? ticketKeyOf(effect, ticket, world);
  const open = action !== 'resolve';
  const { format } = subject.finding;
  return {
    messages: ticketMessages(effect, { action, key, ticket }, world),
    done: { kind: 'ticket', format, fingerprint, channel: ticket.channel, key, open },
  };
}

/** The rule wants no ticket any more: an open one is resolved, with the reason. */
export function endTicket(
  id: string,
  done: DoneEffect,
  world: StepWorld,
): readonly QueuedMessage[] {
  const rule = ruleOfEffect(id);
  const { channel = '', key = '' } = done;
  const finding = factsFor(rule, world);
  const command: TicketCommand = {
    id: messageId(id, world, 'end'),
    channel,
    ticketKey: key,
    action: 'resolve',
    title: finding.title,
    body: '',
    comment: `Rule ${rule} does not match the finding any more.`,
    finding,
    at: world.at,
  };
  return queued(command, world);
}

function nextAction(
  done: DoneEffect | undefined,
  { closed, fingerprint }: { readonly closed: boolean; readonly fingerprint: string },
): TicketCommand['action'] | undefined {
  if (!done) return closed ? undefined : 'open';
  if (closed) return done.open ? 'resolve' : undefined;
  if (!done.open) return 'reopen';
  return done.fingerprint === fingerprint ? undefined : 'comment';
}

function ticketKeyOf({ rule }: Effect, { channel, by }: Ticket, world: StepWorld): string {
  const { finding, context } = world.subject;
  if (!by) return digest('ticket', channel, rule.id, world.key);
  const labels = labelsOf(finding, context, rule, by);
  return digest('ticket', channel, rule.id, ...by.map((name) => labels[name] ?? ''));
}

interface Wish {
  readonly action: TicketCommand['action'];
  readonly key: string;
  readonly ticket: Ticket;
}

function ticketMessages(effect: Effect, wish: Wish, world: StepWorld): readonly QueuedMessage[] {
  const { action, key, ticket } = wish;
  const data = templateData(effect, world);
  const render = (text: string) => world.render(text, data);
  const comment = action === 'open' ? undefined : commentOf(action, world);
  const command: TicketCommand = {
    id: messageId(effect.id, world, action, key),
    channel: ticket.channel,
    ticketKey: key,
    action,
    title: render(ticket.title ?? defaultTitle),
    body: render(ticket.body ?? defaultBody),
    ...(comment !== undefined && { comment }),
    ...(ticket.fields && { fields: Object(renderAll(ticket.fields, render)) }),
    finding: data.finding,
    at: world.at,
  };
  return queued(command, world);
}

const defaultTitle = '{{ finding.severity }}: {{ finding.title }}';
const defaultBody = [
  '{{ document.Description | default: document.finding_info.desc }}',
  '',
  'Severity: {{ finding.severity }}',
  'Account: {{ finding.accountId }}, Region: {{ finding.region }}',
  'Resource: {{ finding.resource }}',
  '{% if finding.owner %}Owner: {{ finding.owner }}\n{% endif %}Rule: {{ finding.rule }}',
  'Finding: {{ finding.id }}',
].join('\n');

function commentOf(action: TicketCommand['action'], { standing, subject }: StepWorld): string {
  const { workflow = 'none', recordState, compliance, because = 'closed' } = standing;
  const state = [
    `severity ${subject.finding.severity.toUpperCase()}`,
    `workflow ${workflow}`,
    ...(recordState === undefined ? [] : [`record ${recordState}`]),
    ...(compliance === undefined ? [] : [`compliance ${compliance}`]),
  ].join(', ');
  if (action === 'resolve') return `The finding is closed (${because}).`;
  if (action === 'reopen') return `The finding is open again: ${state}.`;
  return `The finding has changed: ${state}.`;
}

function queued(command: TicketCommand, { ruleSet }: StepWorld): readonly QueuedMessage[] {
  const channel = ruleSet.channels.find(({ name }) => name === command.channel);
  const queue = ticketQueue(channel);
  if (!queue) return [];
  const group = ticketOrder(command.channel, command.ticketKey);
  return [{ queue, id: command.id, group, body: { kind: 'ticket', ...command } }];
}

function ticketQueue(channel: Channel | undefined): 'jira' | 'servicenow' | undefined {
  return channel?.type === 'jira' || channel?.type === 'servicenow' ? channel.type : undefined;
}
