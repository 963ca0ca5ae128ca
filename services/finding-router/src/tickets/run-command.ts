import type { Receipt, TicketCommand, TicketStanding } from '../delivery.ts';
import { ChannelDownError } from '../errors.ts';
import type { TicketDeps } from './ticket-deps.ts';
import { ticketLabel } from './ticket-marks.ts';

/** A ticket as the system of tickets last told it. */
export interface Ticket {
  readonly reference: string;
  /** What people call it. */
  readonly name: string;
  /** Where people open it. */
  readonly url?: string;
  readonly isDone: boolean;
  readonly standing?: TicketStanding;
}

/** A system of tickets, in the words of the life cycle. */
export interface TicketSystem<TTicket extends Ticket> {
  /** Undefined where it was deleted. */
  get(reference: string): Promise<TTicket | undefined>;
  /** All with this label that exist, the oldest first; new ones may be missing for a while. */
  search(label: string): Promise<readonly TTicket[]>;
  /** `follows` is what people call the ticket that it takes the place of. */
  create(command: TicketCommand, follows?: string): Promise<Ticket>;
  /** Whether this very command has had its effect. */
  isWritten(ticket: TTicket, command: TicketCommand): Promise<boolean>;
  /** Adds what the command says, and closes or reopens. False where the ticket is beyond reopening. */
  write(ticket: TTicket, command: TicketCommand): Promise<boolean>;
}

/** How a command is carried out, and what is found on the way. */
interface Run<TTicket extends Ticket> {
  readonly system: TicketSystem<TTicket>;
  readonly command: TicketCommand;
  readonly deps: Pick<TicketDeps, 'lookAgain' | 'wait'>;
}

/**
 * Carries out one step in the life of a ticket; repeating it changes nothing.
 *
 * - `open` comments on an open ticket that something else has opened; one that is closed gets a successor that names it.
 * - `comment` on a ticket that people closed leaves it closed; one that they deleted gets a successor that names it.
 * - `resolve` needs no ticket where there is none.
 * - `reopen` makes a successor where the ticket is gone or beyond reopening.
 */
export async function runCommand<TTicket extends Ticket>(run: Run<TTicket>): Promise<Receipt> {
  const { system, command } = run;
  const known = command.reference;
  const kept = known === undefined ? undefined : await system.get(known);
  const ticket = kept ?? (await find(run, known));
  if (ticket) return await receiptOf(run, await carryOn(run, ticket));
  if (command.action === 'resolve') return {};
  const gone = known === undefined ? undefined : { reference: known, name: known };
  return await receiptOf(run, await createOnce(run, gone));
}

async function carryOn<TTicket extends Ticket>(
  run: Run<TTicket>,
  ticket: TTicket,
): Promise<Ticket> {
  if (await settled(run, ticket)) return ticket;
  // An earlier try may have made the successor, and died before anybody knew.
  const successor = await find(run, ticket.reference);
  if (successor && (await settled(run, successor))) return successor;
  return await createOnce(run, ticket);
}

async function settled<TTicket extends Ticket>(
  { system, command }: Run<TTicket>,
  ticket: TTicket,
): Promise<boolean> {
  if (await system.isWritten(ticket, command)) return true;
  // People closed it, or an earlier command: what is new does not reopen it.
  if (command.action === 'open' && ticket.isDone) return false;
  return await system.write(ticket, command);
}

/** The ticket that people look at: the oldest that is open, else the newest. */
async function find<TTicket extends Ticket>(
  { system, command }: Run<TTicket>,
  except?: string,
): Promise<TTicket | undefined> {
  const all = await system.search(ticketLabel(command.ticketKey));
  const others = all.filter((ticket) => ticket.reference !== except);
  return others.find((ticket) => !ticket.isDone) ?? others.at(-1);
}

/** Whether the request had its effect is unknown where its answer was lost: the ticket is then looked for. */
async function createOnce<TTicket extends Ticket>(
  run: Run<TTicket>,
  follows: Pick<Ticket, 'reference' | 'name'> | undefined,
): Promise<Ticket> {
  try {
    return await run.system.create(run.command, follows?.name);
  } catch (error) {
    const isUnsure = error instanceof ChannelDownError;
    const made = isUnsure ? await lookAgain(run, follows?.reference) : undefined;
    if (made) return made;
    throw error;
  }
}

async function lookAgain<TTicket extends Ticket>(
  run: Run<TTicket>,
  follows: string | undefined,
): Promise<Ticket | undefined> {
  try {
    for (const milliseconds of run.deps.lookAgain) {
      await run.deps.wait(milliseconds);
      const made = await find(run, follows);
      if (made && (await run.system.isWritten(made, run.command))) return made;
    }
  } catch {
    // The error of the creation says more than that of the search.
  }
  return undefined;
}

async function receiptOf<TTicket extends Ticket>(
  run: Run<TTicket>,
  { reference, url }: Ticket,
): Promise<Receipt> {
  const begins = isBeginning(run.command, reference) && (await beginningOf(run, reference));
  return { reference, ...(url !== undefined && { url }), ...(begins && { begins }) };
}

/** A repeated command counts like the first: whether that one had its effect, nobody knows. */
function isBeginning({ action, reference }: TicketCommand, now: string): boolean {
  return action === 'open' || action === 'reopen' || (action === 'comment' && reference !== now);
}

/** Read once more: the system may assign a ticket by itself, which is nobody's taking it on. */
async function beginningOf<TTicket extends Ticket>(
  { system }: Run<TTicket>,
  reference: string,
): Promise<NonNullable<Receipt['begins']>> {
  try {
    const { standing } = (await system.get(reference)) ?? {};
    return standing ? { standing } : {};
  } catch {
    // The command has had its effect.
    return {};
  }
}

/** What a command adds to a ticket that exists. */
export function noteOf({ comment, title, body }: TicketCommand): string {
  return comment ?? [title, body].filter((text) => text !== '').join('\n\n');
}
