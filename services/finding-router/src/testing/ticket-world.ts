import type { AlertChanges } from '@riposte/notifications/testing';
import { alert } from '@riposte/notifications/testing';
import type { Channel } from '@riposte/rules';
import { dynamoMemory } from '../deliver/dynamo-memory.ts';
import { planTicket } from '../deliver/plan-ticket.ts';
import type { Receipt, TicketCommand, TicketStanding } from '../delivery.ts';
import { dynamoStates } from '../dynamo-states.ts';
import type { FindingState } from '../finding-state.ts';
import { acknowledgeFindings } from '../groups/acknowledge-findings.ts';
import { type FollowPorts, followTickets } from '../tickets/follow-tickets.ts';
import type { AskedTicket, HeldTicket } from '../tickets/held-ticket.ts';
import { watchedTickets } from '../tickets/watched-tickets.ts';
import { jira, ticketCommand } from './deliver-world.ts';
import { GroupWorld, groupChannels } from './group-world.ts';
import { sampleState } from './sample-state.ts';

export const serviceNow: Channel = {
  name: 'itsm',
  type: 'servicenow',
  url: 'https://example.service-now.com',
  secret: 'riposte/servicenow',
};

/** Findings that are told to groups and have tickets, in memory, with a clock that the test moves. */
export class TicketWorld {
  readonly groups = new GroupWorld();
  /** Who has which ticket, by reference, as its system says it. */
  readonly held = new Map<string, Omit<HeldTicket, 'reference' | 'name'>>();
  /** References of the tickets that were asked for, request by request. */
  readonly asked: (readonly string[])[] = [];
  readonly notes: unknown[] = [];
  /** The systems of these channels do not answer. */
  away: readonly string[] = [];
  /** Runs once while a system is asked: what another function does meanwhile. */
  meanwhile: (() => Promise<void>) | undefined;
  readonly #memory = dynamoMemory(this.groups.table, this.groups.clock);
  readonly #states = dynamoStates(this.groups.table, this.groups.clock);
  #commands = 0;

  constructor() {
    this.groups.ruleSet = {
      ...this.groups.ruleSet,
      channels: [...groupChannels, jira, serviceNow],
    };
    const escalate = [{ after: '30m', channel: 'pager' }];
    this.groups.notify = { ...this.groups.notify, escalate };
  }

  /** A version of a finding comes in: its state is written, and people are told of it. */
  async finding(changes: AlertChanges = {}): Promise<this> {
    const { key, facts, status } = alert(changes);
    const before = (await this.#states.read([facts.key])).get(facts.key);
    const { acknowledged, openSince } = lifeOf(status, this.groups.now);
    await this.#states.write({
      ...sampleState(),
      key: facts.key,
      version: (before?.version ?? 0) + 1,
      life: { acknowledged, ...(openSince && { openSince }), stands: { asff: status } },
      facts: { ...facts, since: facts.key },
      effects: {
        'pack/buckets#0.0': {
          ...{
            kind: 'notify',
            format: 'asff',
            fingerprint: 'f1',
            channel: 'chat',
            key,
            open: true,
          },
        },
      },
      pending: [],
    });
    await this.groups.receive(changes);
    return this;
  }

  /** A command on a ticket is delivered; its system tells who has it where it begins. */
  async ticket(
    step: Partial<TicketCommand> & { readonly of?: string; readonly standing?: TicketStanding },
  ): Promise<this> {
    const { of = 'bucket-1', standing, ...more } = step;
    const { facts } = alert({ finding: of });
    const at = this.groups.now.toISOString();
    this.#commands += 1;
    const id = `rpm-${this.#commands}`;
    const finding = { ...facts, since: at };
    const command = ticketCommand({ id, finding, at, ...more });
    const memory = await this.#memory.ticket(command.channel, command.ticketKey);
    const plan = planTicket(command, memory);
    const receipt: Receipt = {
      reference: `SEC-${command.ticketKey}`,
      ...(standing && { begins: { standing } }),
    };
    await this.#memory.keep({
      ...{ id, channel: command.channel, at },
      ticket: plan.remember(receipt),
      ...(plan.joins && { ticketed: facts.key }),
    });
    return this;
  }

  get ports(): FollowPorts {
    const { table, store, alarm, outlet, clock, ruleSet, measures } = this.groups;
    return {
      channels: ruleSet.channels,
      tickets: watchedTickets(table),
      states: this.#states,
      ask: async (tickets, { name }) => {
        this.asked.push(tickets.map(({ reference }) => reference));
        const { meanwhile } = this;
        this.meanwhile = undefined;
        await meanwhile?.();
        return this.away.includes(name) ? undefined : new Map(this.#heldAmong(tickets));
      },
      acknowledge: acknowledgeFindings({ store, alarm, outlet, clock }),
      clock,
      measure: (measure) => void measures.push(measure),
      note: (message, facts) => void this.notes.push([message, facts]),
    };
  }

  /** The schedule of each minute. */
  follow(): Promise<number> {
    return followTickets(this.ports)();
  }

  /** Moves the clock, minute by minute, looking each time before anybody is told. */
  async until(seconds: number): Promise<this> {
    const elapsed = () => (this.groups.now.getTime() - Date.parse('2026-01-05T12:00:00Z')) / 1_000;
    while (elapsed() < seconds) {
      await this.follow();
      await this.groups.until(Math.min(elapsed() + 60, seconds));
    }
    return this;
  }

  /** What is asked of Security Hub: of which finding, and in which words. */
  get updates(): readonly unknown[] {
    return this.groups.sent.flatMap(({ queue, body }) => {
      const { finding, update, rules } = Object(body);
      return queue === 'updates' ? [{ id: finding.id, update, rules }] : [];
    });
  }

  #heldAmong(tickets: readonly AskedTicket[]): readonly (readonly [string, HeldTicket])[] {
    return tickets.flatMap(({ reference }) => {
      const held = this.held.get(reference);
      return held ? [[reference, { ...held, reference, name: reference }] as const] : [];
    });
  }
}

function lifeOf(
  status: string,
  now: Date,
): Pick<FindingState['life'], 'acknowledged' | 'openSince'> {
  if (status === 'resolved') return { acknowledged: false };
  return { acknowledged: status === 'acknowledged', openSince: now.toISOString() };
}
