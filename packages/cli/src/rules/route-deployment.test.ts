import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseFinding } from '@riposte/findings';
import {
  type AlertState,
  alertOf,
  due,
  factsOf,
  fingerprintOf,
  type GroupState,
  inhibitionKeys,
  inhibitorsByKey,
  labelsOf,
  receive,
  routeOf,
  silenceOf,
  usualChanges,
} from '@riposte/notifications';
import type { Channel } from '@riposte/rules';
import { asffFinding } from '@riposte/testing';
import type { DeploymentOptions } from '../deployment-options.ts';
import { type RulesDesk, rulesDesk } from '../testing/rules-desk.ts';
import type { RouterMemory } from './route/router-memory.ts';

const pack = `pack: p
rules:
  - name: tell
    when: { always: true }
    then: [{ notify: { channel: alerts } }]
`;
const topic = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const inhibitions = [
  {
    name: 'critical',
    source: [{ label: 'severity', op: '=', value: 'CRITICAL' }],
    target: [{ label: 'severity', op: '=', value: 'LOW' }],
    equal: ['account'],
  },
] as const;
const files = {
  'r/a.rules.yaml': pack,
  'r/channels.yaml': `channels:
  - { name: alerts, type: sns, topic: '${topic}', maxPerHour: 60, escalate: [{ after: 1h, channel: boss }] }
  - { name: boss, type: sns, topic: '${topic}' }
inhibitions: ${JSON.stringify(inhibitions)}
`,
  'f.json': JSON.stringify(asffFinding()),
};
const channels: readonly Channel[] = [
  {
    name: 'alerts',
    type: 'sns',
    topic,
    maxPerHour: 60,
    escalate: [{ after: '1h', channel: 'boss' }],
  },
  { name: 'boss', type: 'sns', topic },
];

const finding = parseFinding(asffFinding());
const arrived = new Date('2026-11-24T12:00:00Z');
const labels = labelsOf(finding, {}, { id: 'p/tell' }, ['account', 'severity']);
const route = routeOf({ channel: 'alerts' }, 'p/tell', channels, labels);
const alert = alertOf(finding, {
  channel: 'alerts',
  labels,
  fingerprint: fingerprintOf(finding, usualChanges),
  facts: factsOf(finding, 'p/tell'),
  observedAt: arrived.toISOString(),
});

/** The group once it has told of the finding, 30 seconds after it came. */
function told(): { readonly group: GroupState; readonly stored: AlertState } {
  const { alert: stored, group } = receive({}, alert, route, arrived);
  if (!stored || !group) throw new Error('not received');
  const at = new Date(arrived.getTime() + 30_000);
  const environment = {
    ...{ silences: [], inhibitions: [], inhibitors: inhibitorsByKey([]) },
    ...{ timeIntervals: [], counters: [] },
  };
  const flush = due(group, [stored], at, environment);
  return { group: flush.group, stored: { ...stored, ...flush.marks[0]?.marks } };
}

const nothing: RouterMemory = {
  name: 'prod (123456789012, eu-west-1)',
  silences: async () => [],
  groupOf: async () => undefined,
  group: async () => undefined,
  alertsOf: async () => [],
  counter: async () => undefined,
  inhibitors: async () => [],
  history: async () => undefined,
};

let desk: RulesDesk;
let opened: DeploymentOptions[];
beforeEach(async () => {
  opened = [];
  desk = await rulesDesk();
  await desk.write(files);
});
afterEach(() => desk.clear());

function route1(memory: Partial<RouterMemory>, ...argv: readonly string[]) {
  const at = ['--at', '2026-11-24T12:10:00Z'];
  return desk.rules(['route', 'f.json', 'r', ...at, ...argv], {
    openMemory: async (options) => {
      opened.push(options);
      return { ...nothing, ...memory };
    },
  });
}
const deployed = (memory: Partial<RouterMemory> = {}, ...argv: readonly string[]) =>
  route1(memory, '--stage', 'prod', '--region', 'eu-west-1', ...argv);

describe('riposte rules route without a deployment', () => {
  it('starts from nothing, and says what it did not look at', async () => {
    const { out, notes } = await route1({}, '--region', 'eu-west-1');
    expect(opened).toEqual([]);
    expect(out).toContain('p/tell -> alerts: told');
    expect(notes).toContain(
      'silences, acknowledgements and messages sent before were not looked at',
    );
  });

  it('says so in the JSON document too', async () => {
    const { out } = await route1({}, '--json');
    expect(JSON.parse(out)).toMatchObject({ deployment: null });
  });
});

describe('riposte rules route through a deployment', () => {
  it('names the deployment whose memory it read', async () => {
    const { out, notes } = await deployed();
    expect(opened).toMatchObject([{ stage: 'prod', region: 'eu-west-1' }]);
    expect(out).toContain('(new)');
    expect(out).toContain('2026-11-24T12:10:30.000Z  firing message, 1 finding');
    expect(notes).toContain('prod (123456789012, eu-west-1)');
    expect(JSON.parse((await deployed({}, '--json')).out)).toMatchObject({
      deployment: 'prod (123456789012, eu-west-1)',
    });
  });

  it('names the silence that holds a message back, and when it is sent', async () => {
    const silence = silenceOf({
      matchers: [{ label: 'account', op: '=', value: '123456789012' }],
      startsAt: '2026-11-24T00:00:00Z',
      endsAt: '2026-11-24T14:00:00Z',
      author: 'ada',
      reason: 'migration',
    });
    const { out } = await deployed({ silences: async () => [silence] });
    expect(out).toMatch(/silenced by sil-\w+ \(ada: migration\) until 2026-11-24T14:00:00/);
    expect(out).toContain('2026-11-24T14:00:00.000Z  firing message');
  });

  it('names the open finding that inhibits it', async () => {
    const { target } = inhibitionKeys({ finding: alert.facts.key, labels }, inhibitions);
    const { out } = await deployed({
      inhibitors: async (keys) =>
        keys
          .filter((key) => target.includes(key))
          .slice(0, 1)
          .map((key) => ({
            ...{ key, finding: 'other', inhibition: 'critical', title: 'Worse' },
            expiresAt: '2027-01-01T00:00:00.000Z',
          })),
    });
    expect(out).toContain('p/tell -> alerts: not told');
    expect(out).toContain('inhibited by critical (Worse (other))');
  });

  it('says that people know already, and whom it goes to next', async () => {
    const { group, stored } = told();
    const { out } = await deployed({ group: async () => group, alertsOf: async () => [stored] });
    expect(out).toContain('p/tell -> alerts: nothing new');
    expect(out).toContain('has changed since 2026-11-24T12:00:30.000Z');
    expect(out).toContain('2026-11-24T13:00:30.000Z  boss, if nobody acknowledges it');
  });

  it('joins what is waiting in its group', async () => {
    const { alert: stored, group } = receive({}, alert, route, new Date('2026-11-24T12:09:50Z'));
    if (!stored || !group) throw new Error('not received');
    const other = { ...stored, key: 'alr-other', facts: { ...stored.facts, key: 'other' } };
    const { out } = await deployed({ group: async () => group, alertsOf: async () => [other] });
    expect(out).toContain('(1 open)');
    expect(out).toContain('2026-11-24T12:10:20.000Z  firing message, 2 findings');
  });

  it('carries an acknowledgement into the group that it moves to', async () => {
    const { stored } = told();
    const acknowledgement = { by: 'ada', at: '2026-11-24T12:05:00.000Z', via: 'slack' } as const;
    const before = { ...stored, groupKey: 'grp-before', acknowledgement };
    const { out } = await deployed({
      groupOf: async () => 'grp-before',
      alertsOf: async (key) => (key === 'grp-before' ? [before] : []),
    });
    expect(out).toContain('it leaves the group grp-before, which hears of it');
    expect(out).toContain('acknowledged message, 1 finding');
  });
});
