import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Notification, Receipt, TicketCommand } from '../delivery.ts';
import {
  ChannelBusyError,
  ChannelDownError,
  DeliveryPostponedError,
  DeliveryRefusedError,
} from '../errors.ts';
import {
  type DeliverWorld,
  deliverWorld,
  jira,
  notificationBody,
  queued,
  slack,
  ticketCommand,
} from '../testing/deliver-world.ts';
import { finding, notification } from '../testing/sample-message.ts';
import { deliver } from './deliver.ts';
import { notifications, tickets } from './delivery-kinds.ts';

let world: DeliverWorld;
let told: { readonly message: Notification; readonly secret: unknown }[];
let commands: TicketCommand[];
let answers: (Error | Receipt | (() => Error))[];

beforeEach(() => {
  world = deliverWorld(slack, jira);
  told = [];
  commands = [];
  answers = [];
});

function answer(): Receipt {
  const given = answers.shift() ?? { reference: `ref-${told.length + commands.length}` };
  const next = typeof given === 'function' ? given() : given;
  if (next instanceof Error) throw next;
  return next;
}

const tell = (more: object = {}, receiveCount = 1) =>
  deliver({
    kind: notifications,
    channelType: 'slack',
    sender: async (message, _channel, secret) => {
      told.push({ message, secret });
      return answer();
    },
    ports: world.start(),
  })(queued(notificationBody(more), receiveCount));

const command = (more: Partial<TicketCommand> = {}) =>
  deliver({
    kind: tickets,
    channelType: 'jira',
    sender: async (message) => {
      commands.push(message);
      return answer();
    },
    ports: world.start(),
  })(queued({ kind: 'ticket', ...ticketCommand(more) }));

describe('deliver', () => {
  it('sends a message with the secret of its channel, and keeps the receipt', async () => {
    answers = [{ reference: 'C1/1.2', url: 'https://slack.example/1' }];
    world.wait(3);
    await tell();
    expect(told).toMatchObject([{ secret: { token: 'one' }, message: { channel: 'soc' } }]);
    expect([...world.receipts.values()]).toMatchObject([
      { reference: 'C1/1.2', url: 'https://slack.example/1', at: '2026-05-01T12:00:03.000Z' },
    ]);
    expect(world.measured('Delivered')).toBe(1);
    expect(world.measured('AgeAtDelivery')).toBe(3_000);
    const whose = { rules: ['s3-public'], owners: ['payments'] };
    const { id } = notification();
    expect(world.logged).toEqual([
      { id, channel: 'soc', channelType: 'slack', ...whose, age: 3_000 },
    ]);
  });

  it('is a metric of each rule and owner only where the deployment asks for it', async () => {
    const dimensionsOf = () =>
      world.measures.filter(({ name }) => name === 'Delivered').map((one) => one.dimensions);
    await command();
    expect(dimensionsOf()).toEqual([{ channelType: 'jira' }]);
    world.metricsByRule = true;
    await command({ id: 'rpm-2' });
    expect(dimensionsOf().slice(1)).toEqual([
      { channelType: 'jira' },
      { rule: 's3-public' },
      { owner: 'payments' },
    ]);
  });

  it('hands on everything that the message says', async () => {
    const all = {
      counts: { new: 1, changed: 0, acknowledged: 0, resolved: 0, open: 2 },
      acknowledgedBy: [{ by: 'ann', at: '2026-05-01T11:00:00.000Z', via: 'slack' }],
      ...{ level: 1, collected: 3, reference: 'C/1', repeat: 2 },
      findings: [{ ...finding, change: 'changed' }],
    };
    await tell(all);
    const { kind: _, ...message } = notificationBody(all);
    expect(told[0]?.message).toEqual(message);
  });

  it('does not send again what has a receipt, however old it is', async () => {
    await tell();
    world.wait(86_400);
    await tell();
    expect(told).toHaveLength(1);
    expect(world.measured('DuplicateDeliveries')).toBe(1);
  });

  it.each([
    [{ kind: 'ticket' }, 'kind'],
    [{ at: 'yesterday' }, 'at'],
    [{ findings: [{}] }, 'findings.0.key'],
    [{ status: 'odd' }, 'status'],
    [{ redrivenAt: 'soon' }, 'redrivenAt'],
  ])('names the field of %j that it cannot read', async (more, path) => {
    await expect(tell(more)).rejects.toMatchObject({
      name: 'UnreadableMessageError',
      retryable: false,
      path,
    });
  });

  it.each([
    [{ channel: 'gone' }, 'channel'],
    [{ channel: 'tickets' }, 'type'],
  ])('refuses %j, which the rules do not know', async (more, path) => {
    await expect(tell(more)).rejects.toMatchObject({ name: 'DeliveryRefusedError', path });
  });

  it('refuses a channel whose address the deployment does not know', async () => {
    const conversation = '$'.concat('{SOC_CHANNEL}');
    world = deliverWorld({ ...slack, conversation });
    await expect(tell()).rejects.toMatchObject({ path: 'conversation' });
    world = deliverWorld({ ...slack, title: conversation });
    await tell();
  });

  it('gives up what has waited for six hours', async () => {
    world.wait(6 * 3600);
    await expect(tell()).rejects.toMatchObject({
      name: 'DeliveryExpiredError',
      retryable: false,
      path: 'at',
    });
    await tell({ redrivenAt: world.now.toISOString() });
    expect(told).toMatchObject([{ message: { at: '2026-05-01T12:00:00.000Z' } }]);
    expect(told[0]?.message).not.toHaveProperty('redrivenAt');
  });

  it('waits longer with every failure, and never beyond its end', async () => {
    const fail = async (receiveCount: number) => {
      answers = [new ChannelDownError('soc', 'HTTP 500')];
      world.healths.clear();
      return tell({}, receiveCount).catch((error: unknown) => error);
    };
    expect(await fail(1)).toMatchObject({ name: 'DeliveryPostponedError', retryAfterSeconds: 1 });
    expect(await fail(5)).toMatchObject({ retryAfterSeconds: 16 });
    world.random = 0.999;
    expect(await fail(5)).toMatchObject({ retryAfterSeconds: 32 });
    expect(await fail(50)).toMatchObject({ retryAfterSeconds: 900 });
    world.wait(6 * 3600 - 60);
    expect(await fail(50)).toMatchObject({ retryAfterSeconds: 60 });
  });

  it('keeps the reason of what is postponed', async () => {
    const down = new ChannelDownError('soc', 'HTTP 500');
    answers = [down];
    const error = await tell().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeliveryPostponedError);
    expect(error).toMatchObject({ cause: down });
    expect(world.measured('DeliveryFailures')).toBe(1);
  });

  it('lets through what no retry can mend', async () => {
    answers = [new DeliveryRefusedError('soc', 'body', 'too odd')];
    await expect(tell()).rejects.toMatchObject({ name: 'DeliveryRefusedError', path: 'body' });
    expect(told).toHaveLength(1);
  });

  it('waits for as long as the receiver asks, and nobody else asks meanwhile', async () => {
    answers = [new ChannelBusyError('soc', 90)];
    await expect(tell()).rejects.toMatchObject({ retryAfterSeconds: 90 });
    await expect(tell({ id: 'other' })).rejects.toMatchObject({
      name: 'ChannelPausedError',
      retryAfterSeconds: 90,
    });
    expect(world.measured('DeliveryFailures')).toBe(1);
    world.wait(91);
    await tell({ id: 'other' });
    expect(told).toHaveLength(2);
  });

  it('sends all the same where nobody knows how the channel is', async () => {
    world.healthIsAway = true;
    await tell();
    expect(told).toHaveLength(1);
    expect(world.warnings.length).toBeGreaterThan(0);
    answers = [new ChannelDownError('soc', 'HTTP 500')];
    await expect(tell({ id: 'other' })).rejects.toMatchObject({ retryAfterSeconds: 1 });
  });

  it('reads a secret again that was refused, and sends once more where it has been rotated', async () => {
    answers = [
      () => {
        world.secrets.set('riposte/slack', { token: 'two' });
        return new DeliveryRefusedError('soc', 'secret.token', 'invalid_auth');
      },
    ];
    await tell();
    expect(told.map(({ secret }) => secret)).toEqual([{ token: 'one' }, { token: 'two' }]);
    expect(world.secretReads).toEqual(['riposte/slack', 'riposte/slack (fresh)']);
  });

  it('does not ask again with a secret that was refused', async () => {
    answers = [new DeliveryRefusedError('soc', 'secret', 'invalid_auth')];
    await expect(tell()).rejects.toMatchObject({ path: 'secret' });
    expect(told).toHaveLength(1);
  });
});

describe('a conversation', () => {
  const references = () => told.map(({ message }) => message.reference);

  it('goes on until the group is resolved, and then begins anew', async () => {
    await tell({ id: '1' });
    await tell({ id: '2' });
    await tell({ id: '3', status: 'resolved' });
    await tell({ id: '4' });
    await tell({ id: '5', groupKey: 'another' });
    await tell({ id: '6' });
    expect(references()).toEqual([undefined, 'ref-1', 'ref-2', undefined, undefined, 'ref-4']);
  });

  it('stays what it is where the receiver calls it nothing', async () => {
    answers = [{}, {}, {}];
    await tell({ id: '1' });
    await tell({ id: '2', status: 'resolved', reference: 'of the message' });
    expect(references()).toEqual([undefined, 'of the message']);
  });
});

describe('a ticket', () => {
  it('is known by its reference from then on', async () => {
    answers = [{ reference: 'SEC-1', url: 'https://jira.example.com/browse/SEC-1' }];
    await command();
    await command({ id: 'rpm-2', action: 'comment', comment: 'changed' });
    expect(commands.map(({ action, reference }) => [action, reference])).toEqual([
      ['open', undefined],
      ['comment', 'SEC-1'],
    ]);
    expect(world.tickets.get('tickets/key')).toMatchObject({ version: 2, reference: 'ref-2' });
  });

  it('is told nothing of a finding that had left before it was opened', async () => {
    answers = [{}];
    await command({ id: 'rpm-2', action: 'resolve', at: '2026-05-01T12:10:00.000Z' });
    await command({ id: 'rpm-1', at: '2026-05-01T12:00:00.000Z' });
    expect(commands.map(({ action }) => action)).toEqual(['resolve']);
    expect(world.receipts.has('rpm-1')).toBe(true);
    expect(world.measured('ObsoleteDeliveries')).toBe(1);
    expect(world.measured('Delivered')).toBe(1);
  });
});
