import type { Measure, QueueMessage } from '@riposte/lambda';
import type { Channel } from '@riposte/rules';
import type { SlackChannel } from '../chat/channels.ts';
import type { BreakerSettings, Health } from '../deliver/breaker.ts';
import { channelHealth } from '../deliver/channel-health.ts';
import type {
  Delivered,
  DeliveredMessage,
  DeliverPorts,
  HealthStore,
  SecretChannel,
  Thread,
  TicketMemory,
} from '../deliver/ports.ts';
import type { TicketCommand } from '../delivery.ts';
import { StaleDeliveryError } from '../errors.ts';
import type { JiraChannel } from '../tickets/ticket-deps.ts';
import { finding, notification } from './sample-message.ts';

export const slack: SlackChannel = {
  name: 'soc',
  type: 'slack',
  conversation: 'C1',
  secret: 'riposte/slack',
};

export const jira: JiraChannel = {
  name: 'tickets',
  type: 'jira',
  url: 'https://jira.example.com',
  edition: 'cloud',
  project: 'SEC',
  issueType: 'Task',
  secret: 'riposte/jira',
};

export const breakerSettings: BreakerSettings = {
  failures: 5,
  pauseSeconds: 30,
  longestPauseSeconds: 900,
  probeSeconds: 60,
};

/** Everything that delivering needs, in memory, with a clock that the test moves. */
export interface DeliverWorld {
  now: Date;
  random: number;
  readonly receipts: Map<string, Delivered>;
  readonly threads: Map<string, Thread>;
  readonly tickets: Map<string, TicketMemory>;
  readonly healths: Map<string, Health>;
  readonly secrets: Map<string, unknown>;
  /** Secrets as they were read, fresh ones marked. */
  readonly secretReads: string[];
  readonly measures: Measure[];
  readonly logged: DeliveredMessage[];
  metricsByRule: boolean;
  readonly warnings: string[];
  /** The store of health does not answer. */
  healthIsAway: boolean;
  wait(seconds: number): void;
  /** Ports of a function that has just started: it has nothing in its memory. */
  start(store?: HealthStore): DeliverPorts;
  measured(name: string): number;
}

export function deliverWorld(...channels: readonly Channel[]): DeliverWorld {
  const world: DeliverWorld = {
    now: new Date('2026-05-01T12:00:00.000Z'),
    random: 0,
    receipts: new Map(),
    threads: new Map(),
    tickets: new Map(),
    healths: new Map(),
    secrets: new Map([
      ['riposte/slack', { token: 'one' }],
      ['riposte/jira', { token: 'one' }],
    ]),
    secretReads: [],
    measures: [],
    logged: [],
    metricsByRule: false,
    warnings: [],
    healthIsAway: false,
    wait(seconds) {
      world.now = new Date(world.now.getTime() + seconds * 1000);
    },
    start: (store = healthStore(world)) => portsOf(world, channels, store),
    measured: (name) =>
      world.measures
        .filter((measure) => measure.name === name)
        .reduce((sum, { value }) => sum + value, 0),
  };
  return world;
}

function portsOf(
  world: DeliverWorld,
  channels: readonly Channel[],
  store: HealthStore,
): DeliverPorts {
  const clock = () => world.now;
  const random = () => world.random;
  const measure = (measured: Measure) => {
    world.measures.push(measured);
  };
  return {
    resolveChannel: (name) => channels.find((channel) => channel.name === name),
    memory: {
      isDone: async (id) => world.receipts.has(id),
      thread: async (channel, groupKey) => world.threads.get(`${channel}/${groupKey}`),
      ticket: async (channel, ticketKey) => world.tickets.get(`${channel}/${ticketKey}`),
      async keep(delivered) {
        const { thread, ticket } = delivered;
        if (thread) put(world.threads, `${thread.channel}/${thread.groupKey}`, thread);
        if (ticket) put(world.tickets, `${ticket.channel}/${ticket.ticketKey}`, ticket);
        world.receipts.set(delivered.id, delivered);
      },
    },
    health: channelHealth({
      store,
      settings: breakerSettings,
      channelType: channels[0]?.type ?? '',
      clock,
      random,
      measure,
      warn(message) {
        world.warnings.push(message);
      },
    }),
    secrets: {
      async read({ secret }: SecretChannel, fresh = false) {
        world.secretReads.push(`${secret}${fresh ? ' (fresh)' : ''}`);
        return world.secrets.get(secret);
      },
    },
    clock,
    random,
    measure,
    metricsByRule: world.metricsByRule,
    log: (delivered) => void world.logged.push(delivered),
    settings: { giveUpHours: 6, longestPauseSeconds: 900 },
  };
}

function put<T extends { readonly version: number }>(items: Map<string, T>, key: string, item: T) {
  if ((items.get(key)?.version ?? 0) !== item.version - 1) throw new StaleDeliveryError(key);
  items.set(key, item);
}

function healthStore(world: DeliverWorld): HealthStore {
  const answer = () => {
    if (world.healthIsAway) throw new TypeError('away');
  };
  return {
    async read(channel) {
      answer();
      return world.healths.get(channel);
    },
    async write(channel, health) {
      answer();
      if ((world.healths.get(channel)?.version ?? 0) !== health.version - 1) return false;
      world.healths.set(channel, health);
      return true;
    },
  };
}

/** A message of a queue. */
export function queued(body: object, receiveCount = 1): QueueMessage {
  return { id: 'm', body, sentAt: new Date(), receiveCount };
}

export function notificationBody(more: object = {}) {
  return { kind: 'notification', ...notification(), ...more };
}

export function ticketCommand(more: Partial<TicketCommand> = {}): TicketCommand {
  return {
    id: 'rpm-1',
    channel: 'tickets',
    ticketKey: 'key',
    action: 'open',
    title: 'A bucket is public',
    body: 'Somebody can read it.',
    finding,
    at: '2026-05-01T12:00:00.000Z',
    ...more,
  };
}
