import { beforeEach, describe, expect, it } from '@jest/globals';
import { alert } from '@riposte/notifications/testing';
import type { Channel } from '@riposte/rules';
import { DeliveryRefusedError } from '../errors.ts';
import { acknowledgeGroups } from '../groups/acknowledge-groups.ts';
import { GroupWorld } from '../testing/group-world.ts';
import { slackClick } from '../testing/slack-click.ts';
import { slackApps } from './slack-apps.ts';
import { type CallbackPorts, type SlackApp, slackCallback } from './slack-callback.ts';

const signingSecret = 'a'.repeat(32);
const otherSecret = 'b'.repeat(32);

interface Callback {
  readonly world: GroupWorld;
  readonly said: string[];
  readonly notes: unknown[];
  apps: readonly SlackApp[];
  readonly ports: CallbackPorts;
}

function callback(world: GroupWorld): Callback {
  const { store, alarm, outlet, clock } = world;
  const made: Callback = {
    world,
    said: [],
    notes: [],
    apps: [{ signingSecret, channels: ['chat'] }],
    ports: {
      apps: async () => made.apps,
      groupsOf: (channels) => acknowledgeGroups({ store, alarm, outlet, clock }, channels),
      answer: async (_, words) => void made.said.push(words),
      clock,
      measure: (measure) => void world.measures.push(measure),
      note: (message, facts) => void made.notes.push([message, facts]),
    },
  };
  return made;
}

/** A click on the button of a group's message. */
function click({ now: at }: GroupWorld, group: string, more: { readonly secret?: string } = {}) {
  const value = JSON.stringify({ group, message: 'msg-1' });
  const responseUrl = 'https://hooks.slack.com/actions/T1/1/x';
  return slackClick({ value, responseUrl, signingSecret: more.secret ?? signingSecret, at });
}

let world: GroupWorld;
let called: Callback;
let group: string;
beforeEach(async () => {
  world = new GroupWorld();
  world.notify = {
    channel: 'chat',
    group: { by: ['account'], wait: '30s', interval: '5m', repeat: '1h' },
    escalate: [{ after: '10m', channel: 'pager' }],
  };
  await (await world.receive({}, { finding: 'bucket-2' })).until(100);
  called = callback(world);
  group = (await world.store.groupOf(alert().key)) ?? '';
});

const send = (event: unknown) => slackCallback(called.ports)(event);
const updates = () => world.sent.filter(({ queue }) => queue === 'updates');

describe('a click in Slack', () => {
  it('ends repeats and escalation, tells the group once, and marks the findings in Security Hub', async () => {
    expect(await send(click(world, group))).toMatchObject({ statusCode: 200, body: '' });
    expect(called.said).toEqual([expect.stringMatching(/^You acknowledged this/)]);
    expect(
      updates()
        .map(({ group: key }) => key)
        .sort(),
    ).toEqual([expect.stringMatching(/bucket-1$/), expect.stringMatching(/bucket-2$/)]);
    expect(updates()[0]?.body).toMatchObject({
      kind: 'update',
      update: { workflow: 'NOTIFIED' },
      finding: { format: 'asff', accountId: '123456789012', region: 'eu-west-1' },
    });
    world.sent.splice(0);
    await world.until(20_000);
    expect(world.told).toEqual([
      '330 chat acknowledged: bucket-1 acknowledged HIGH, bucket-2 acknowledged HIGH',
    ]);
    expect(world.sent[0]?.body).toMatchObject({ acknowledgedBy: [{ by: 'ada', via: 'slack' }] });
  });

  it('stays counted when the findings come back as notified', async () => {
    await send(click(world, group));
    await world.receive(
      { status: 'acknowledged', version: 105 },
      { finding: 'bucket-2', status: 'acknowledged', version: 105 },
    );
    world.sent.splice(0);
    await world.until(20_000);
    expect(world.told).toHaveLength(1);
    expect(world.sent[0]?.body).toMatchObject({ acknowledgedBy: [{ by: 'ada' }] });
  });

  it('changes nothing a second time, and says who was first', async () => {
    await send(click(world, group));
    await send(click(world.at(130), group));
    expect(updates()).toHaveLength(2);
    expect(called.said[1]).toMatch(/^ada acknowledged this at 2026-01-05T12:01:40/);
  });

  it('comes too late for what is resolved, and for what nobody knows', async () => {
    await world.receive(
      { status: 'resolved', version: 100 },
      { finding: 'bucket-2', status: 'resolved', version: 100 },
    );
    await send(click(world, group));
    await send(click(world, 'digest:chat'));
    expect(called.said.map((words) => words.slice(0, 24))).toEqual([
      'This is resolved already',
      'Riposte does not know th',
    ]);
    expect(updates()).toEqual([]);
  });

  it('is answered with an error where nothing could be noted, so that Slack says so', async () => {
    world.failSends = 1;
    await expect(send(click(world, group))).rejects.toThrow('was not noted');
    await send(click(world, group));
    expect(called.said).toEqual([expect.stringMatching(/^You acknowledged this/)]);
  });

  it('finds its app among several, and acknowledges for the channels of that app', async () => {
    called.apps = [
      { signingSecret: otherSecret, channels: ['elsewhere'] },
      { signingSecret: '', channels: ['chat'] },
      { signingSecret, channels: ['pager'] },
    ];
    await send(click(world, group, { secret: otherSecret }));
    await send(click(world, group));
    expect(called.said.map((words) => words.slice(0, 16))).toEqual([
      'Riposte does not',
      'You acknowledged',
    ]);
  });
});

describe('a request that is no click', () => {
  it.each([
    ['another signature', () => click(world, group, { secret: otherSecret }), 401],
    ['an empty signature key', () => click(world, group, { secret: '' }), 401],
    ['no event of a URL', () => ({ Records: [] }), 400],
    ['nothing', () => undefined, 400],
    ['a huge body', () => ({ headers: {}, body: 'x'.repeat(700_001) }), 400],
    ['no body', () => ({ headers: {} }), 401],
  ])('is refused without a word: %s', async (_, event, statusCode) => {
    expect(await send(event())).toMatchObject({ statusCode, body: '' });
    expect([called.said, updates()]).toEqual([[], []]);
    expect(called.notes).toEqual([['request refused', { reason: expect.any(String) }]]);
  });

  it('is refused where no app is known', async () => {
    called.apps = [];
    expect(await send(click(world, group))).toMatchObject({ statusCode: 401 });
  });
});

describe('the Slack apps of a rule set', () => {
  const slack = (name: string, secret: string): Channel => ({
    ...{ name, type: 'slack', conversation: 'C1', secret },
  });
  const secrets = (held: Readonly<Record<string, unknown>>) => ({
    async read({ name, secret }: { readonly name: string; readonly secret: string }) {
      if (!(secret in held)) throw new DeliveryRefusedError(name, 'secret', 'none');
      if (held[secret] instanceof Error) throw held[secret];
      return held[secret];
    },
  });
  const channels = [slack('a', 's1'), slack('b', 's2'), slack('c', 's1'), slack('d', 's3')];

  it('are one for each signing secret; without one, it believes nobody', async () => {
    const held = secrets({ s1: { token: 'x', signingSecret: 'one' }, s2: { token: 'y' } });
    expect(await slackApps(channels, held)).toEqual([
      { signingSecret: 'one', channels: ['a', 'c'] },
      { signingSecret: '', channels: ['b', 'd'] },
    ]);
  });

  it('are one where several secrets hold its signing secret', async () => {
    const held = { token: 'x', signingSecret };
    const several = secrets({ s1: held, s2: { ...held, token: 'y' }, s3: {} });
    const apps = await slackApps([slack('elsewhere', 's1'), slack('chat', 's2')], several);
    expect(apps).toEqual([{ signingSecret, channels: ['elsewhere', 'chat'] }]);
    called.apps = apps;
    await send(click(world, group));
    expect(called.said).toEqual([expect.stringMatching(/^You acknowledged this/)]);
  });

  it('are not known while secrets cannot be read', async () => {
    const held = secrets({ s1: new Error('throttled') });
    await expect(slackApps(channels, held)).rejects.toThrow('throttled');
  });
});
