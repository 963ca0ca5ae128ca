import { inLanes, type Measure } from '@riposte/lambda';
import type { Channel } from '@riposte/rules';
import type { TicketMemory } from '../deliver/ports.ts';
import type { FindingState, FindingStates } from '../finding-state.ts';
import type { TakenFindings } from '../groups/acknowledge-findings.ts';
import type { AskWhoHas } from './ask-who-has.ts';
import { type HeldTicket, isTakenSince } from './held-ticket.ts';
import { takenBy } from './taken-by.ts';
import type { TicketChannel } from './ticket-deps.ts';
import type { WatchedTickets } from './watched-tickets.ts';

/** What following tickets needs from the outside. */
export interface FollowPorts {
  /** Of the rule set, placeholders filled in. */
  readonly channels: readonly Channel[];
  readonly tickets: WatchedTickets;
  readonly states: Pick<FindingStates, 'read'>;
  readonly ask: AskWhoHas;
  acknowledge(findings: readonly FindingState[], taken: TakenFindings): Promise<void>;
  clock(): Date;
  measure(measure: Measure): void;
  /** What became of a ticket. */
  note(message: string, facts: Readonly<Record<string, string>>): void;
}

/** A ticket whose findings nobody has taken on. */
interface Waiting {
  readonly ticket: TicketMemory & { readonly reference: string };
  readonly findings: readonly FindingState[];
}

/** So many tickets of a channel are looked at in a minute, so many by one request. */
const mostTickets = 500;
const mostAsked = 50;
const atOnce = 16;

/**
 * Looks whether people have taken tickets, and acknowledges the findings in these. Only tickets are read whose findings still wait for it. A system
 * that does not answer has told of nobody: what waits for an acknowledgement goes on to wait, and escalates.
 *
 * @returns how many tickets were taken.
 */
export function followTickets(ports: FollowPorts) {
  return async (): Promise<number> => {
    const channels = ports.channels.filter(keepsTickets);
    const counts = await Promise.allSettled(channels.map((channel) => follow(channel, ports)));
    const failed = counts.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return counts.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0);
  };
}

function keepsTickets(channel: Channel): channel is TicketChannel {
  return channel.type === 'jira' || channel.type === 'servicenow';
}

async function follow(channel: TicketChannel, ports: FollowPorts): Promise<number> {
  const due = await ports.tickets.due(channel.name, ports.clock(), mostTickets);
  const waiting = await waitingOf(due, ports);
  let taken = 0;
  for (let from = 0; from < waiting.length; from += mostAsked) {
    const some = waiting.slice(from, from + mostAsked);
    const asked = some.map(({ ticket }) => ticket);
    const held = await ports.ask(asked, channel);
    // They stay due. Nobody is asked the rest: it would be one more request to a system that is down or busy.
    if (!held) break;
    await inLanes(some, atOnce, async (one) => {
      if (await settle(one, held.get(one.ticket.reference), ports)) taken += 1;
    });
  }
  return taken;
}

/** Tickets with the findings in them that wait; the others are not looked at any more, until a finding comes to them or changes. */
async function waitingOf(
  due: readonly TicketMemory[],
  { tickets, states }: FollowPorts,
): Promise<readonly Waiting[]> {
  const keys = new Map<TicketMemory, readonly string[]>();
  await inLanes(due, atOnce, async (ticket) => {
    keys.set(ticket, await tickets.findingsOf(ticket));
  });
  const held = await states.read([...keys.values()].flat());
  const waiting: Waiting[] = [];
  await inLanes(due, atOnce, async (ticket) => {
    const findings = (keys.get(ticket) ?? []).flatMap((key) => held.get(key) ?? []);
    const open = findings.filter(({ life }) => life.openSince !== undefined && !life.acknowledged);
    const { reference, watch: _, ...rest } = ticket;
    if (open.length > 0 && reference !== undefined)
      waiting.push({ ticket: { ...ticket, reference }, findings: open });
    else await tickets.lookAgain({ ...rest, ...(reference !== undefined && { reference }) });
  });
  return waiting;
}

/** True where somebody has taken it. */
async function settle(
  { ticket, findings }: Waiting,
  held: HeldTicket | undefined,
  ports: FollowPorts,
): Promise<boolean> {
  const { tickets, clock, measure, note } = ports;
  const { channel, standing: before, watch, ...rest } = ticket;
  const standing = held?.standing ?? {};
  const now = clock();
  // Who had it before anybody looked has perhaps had it from its system.
  if (!held || !before || !isTakenSince(before, standing)) {
    const again = watch && { watch: { ...watch, next: nextLook(watch.since, now) } };
    await tickets.lookAgain({ ...rest, channel, standing, ...again });
    return false;
  }
  await ports.acknowledge(findings, takenBy(held, channel, now));
  await tickets.taken({ ...rest, channel, standing });
  const { reference } = ticket;
  note('acknowledgement', { state: 'acknowledged', channel, reference, via: 'ticket' });
  const dimensions = { state: 'acknowledged' };
  measure({ name: 'Acknowledgements', value: 1, unit: 'Count', dimensions });
  return true;
}

const minute = 60_000;
const day = 1_440 * minute;

/** What waits for long is looked at less often. A little less than a minute, so that each minute's run finds it due. */
function nextLook(since: string, now: Date): string {
  const age = now.getTime() - Date.parse(since);
  const later = age < 7 * day ? 15 * minute : 60 * minute;
  const pause = age < day ? 0.75 * minute : later;
  return new Date(now.getTime() + pause).toISOString();
}
