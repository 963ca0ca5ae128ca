import { digest } from '@riposte/findings';
import type { Receipt, TicketCommand } from '../delivery.ts';
import type { TicketMemory } from './ports.ts';

/** What becomes of a command, given what is known of its ticket. */
export interface TicketPlan {
  /** What the ticket system is told; absent where there is nothing to tell any more. */
  readonly command?: TicketCommand;
  /** The finding is in the ticket from now on, or still is. */
  readonly joins: boolean;
  /** What is known of the ticket once that was taken. */
  remember(receipt: Receipt): TicketMemory;
}

/** So many findings that left a ticket are remembered with their time. */
const mostEnded = 100;

/** The queue keeps the order; only what comes back from a dead-letter queue is late, by more than clocks differ. */
const skewSeconds = 60;

/** The name of a finding in what is remembered of its ticket: short, since one ticket can hold thousands. */
export function findingMark(key: string): string {
  return digest(key).slice(0, 16);
}

/**
 * Fits a command to a ticket that several findings share: the first one opens it, later ones are added as comments, and it is resolved with the last.
 * A finding that comes to a resolved ticket reopens it. What is told late of a finding that has left since opens nothing.
 *
 * Planning the same command over the same memory gives the same command, so that a repeat after a crash is one.
 */
export function planTicket(command: TicketCommand, memory: TicketMemory | undefined): TicketPlan {
  const mark = findingMark(command.finding.key);
  const before = memory ?? none(command);
  const standing = standingOf(command, mark, before);
  const action = standing.isLate ? lateAction(command, before) : actionFor(command, standing);
  const joins = !standing.isLate && command.action !== 'resolve';
  return {
    ...(action && { command: said(command, action, { before, others: standing.others }) }),
    joins,
    remember({ reference = before.reference, url = before.url, begins }) {
      const { standing: had, watch: watched, ...rest } = before;
      const findings = standing.isLate ? before : findingsAfter(command, mark, before);
      const stands = begins ? begins.standing : had;
      const watch = joins ? { since: command.at, next: command.at } : watched;
      const isEmpty = Object.keys(findings.open).length === 0;
      return {
        ...rest,
        version: before.version + 1,
        ...(reference !== undefined && { reference }),
        ...(url !== undefined && { url }),
        ...{ open: findings.open, ended: findings.ended },
        ...(stands && { standing: stands }),
        ...(watch && !isEmpty && { watch }),
      };
    },
  };
}

type Action = TicketCommand['action'];

/** How a command and its finding stand to the ticket. */
interface Standing {
  readonly isLate: boolean;
  /** The finding keeps the ticket open already. */
  readonly isIn: boolean;
  /** How many other findings keep it open. */
  readonly others: number;
  /** There is a ticket. */
  readonly exists: boolean;
}

function standingOf(command: TicketCommand, mark: string, before: TicketMemory): Standing {
  const { open, ended, reference } = before;
  const toldAt = open[mark] ?? ended[mark];
  const isIn = open[mark] !== undefined;
  return {
    isLate: toldAt !== undefined && secondsOf(command) < toldAt - skewSeconds,
    isIn,
    others: Object.keys(open).length - Number(isIn),
    exists: reference !== undefined,
  };
}

function actionFor({ action }: TicketCommand, { isIn, others, exists }: Standing): Action {
  if (others > 0) return 'comment';
  if (action === 'resolve' || !exists) return action;
  if (!isIn) return 'reopen';
  return action === 'open' ? 'comment' : action;
}

/** The ticket, where there is one, keeps the words; nothing is opened or closed for them. */
function lateAction({ action }: TicketCommand, { reference }: TicketMemory): Action | undefined {
  return reference === undefined || action === 'resolve' ? undefined : 'comment';
}

function said(
  command: TicketCommand,
  action: Action,
  { before, others }: { readonly before: TicketMemory; readonly others: number },
): TicketCommand {
  const reference = before.reference ?? command.reference;
  const comment = commentOf(command, action, others);
  return {
    ...command,
    action,
    ...(reference !== undefined && { reference }),
    ...(comment !== undefined && { comment }),
  };
}

function commentOf(command: TicketCommand, action: Action, others: number): string | undefined {
  const { comment = '', finding, title, body } = command;
  if (command.action === 'open') {
    if (action === 'open') return command.comment;
    return `${action === 'reopen' ? 'Open again' : 'Also'}: ${title}\n\n${body}`;
  }
  if (others === 0) return command.comment;
  // Words about one finding of several say which.
  const about = `${finding.title} (${finding.resource}): ${comment}`;
  if (command.action !== 'resolve') return about;
  const rest = others === 1 ? '1 other finding is open.' : `${others} other findings are open.`;
  return `${about}\n\n${rest}`;
}

function findingsAfter(
  command: TicketCommand,
  mark: string,
  before: TicketMemory,
): Pick<TicketMemory, 'open' | 'ended'> {
  const { [mark]: _in, ...open } = before.open;
  const { [mark]: _out, ...ended } = before.ended;
  const at = secondsOf(command);
  if (command.action !== 'resolve') return { open: { ...open, [mark]: at }, ended };
  const latest = Object.entries(ended).sort(([, one], [, other]) => other - one);
  return { open, ended: { ...Object.fromEntries(latest.slice(0, mostEnded - 1)), [mark]: at } };
}

function secondsOf({ at }: TicketCommand): number {
  return Math.floor(Date.parse(at) / 1000);
}

function none({ channel, ticketKey }: TicketCommand): TicketMemory {
  return { version: 0, channel, ticketKey, open: {}, ended: {} };
}
