import { describe, expect, it } from '@jest/globals';
import { silenceOf } from '@riposte/notifications';
import { alert, start } from '@riposte/notifications/testing';
import { GroupWorld, groupChannels } from '../testing/group-world.ts';
import { tellDue } from './tell-group.ts';

const limited = groupChannels.map((channel) =>
  channel.name === 'chat' ? { ...channel, maxPerHour: 2 } : channel,
);

function silence(world: GroupWorld, until: number, more: { readonly untilResolved?: true } = {}) {
  const silenced = silenceOf({
    matchers: [{ label: 'account', op: '=', value: '123456789012' }],
    startsAt: world.now.toISOString(),
    endsAt: new Date(start + until * 1_000).toISOString(),
    author: 'ada',
    reason: 'migration',
    ...more,
  });
  return world.store.putSilence(undefined, silenced);
}

describe('a group', () => {
  it('is told after its wait, and wakes itself for that', async () => {
    const world = await new GroupWorld().receive({}, { finding: 'bucket-2' });
    expect(world.alarms.map(({ at }) => at)).toEqual(['2026-01-05T12:00:30.000Z']);
    await world.until(60);
    expect(world.told).toEqual(['30 chat firing: bucket-1 new HIGH, bucket-2 new HIGH']);
    expect(world.sent[0]).toMatchObject({ queue: 'slack', body: { kind: 'notification' } });
  });

  it('gathers what comes later for its interval', async () => {
    const world = await (await new GroupWorld().receive({})).until(60);
    await (await world.receive({ finding: 'bucket-2' })).until(1_000);
    expect(world.told[1]).toBe('330 chat firing: bucket-2 new HIGH, bucket-1 open HIGH');
  });

  it('is told again after its repeat, until it is resolved', async () => {
    const world = new GroupWorld();
    world.notify = {
      ...world.notify,
      group: { by: [], wait: '30s', interval: '5m', repeat: '1h' },
    };
    await (await world.receive({})).until(3_700);
    await (await world.receive({ status: 'resolved', version: 3_700 })).until(20_000);
    expect(world.told).toEqual([
      '30 chat firing: bucket-1 new HIGH',
      '3630 chat firing: bucket-1 open HIGH',
      '3930 chat resolved: bucket-1 resolved HIGH',
    ]);
  });

  it('says nothing of what ends before its wait is over', async () => {
    const world = await (await new GroupWorld().receive({})).until(10);
    await (await world.receive({ status: 'resolved', version: 10 })).until(1_000);
    expect(world.sent).toEqual([]);
  });

  it('does not believe a version that comes late', async () => {
    const world = await (await new GroupWorld().receive({})).until(60);
    await world.receive({ status: 'resolved', version: 50 }, { severity: 'CRITICAL', version: 40 });
    await world.until(1_000);
    expect(world.told.slice(1)).toEqual(['330 chat resolved: bucket-1 resolved HIGH']);
  });

  it('begins anew when a finding comes back', async () => {
    const world = await (await new GroupWorld().receive({})).until(60);
    await (await world.receive({ status: 'resolved', version: 60 })).until(400);
    await (await world.receive({ version: 400 })).until(2_000);
    expect(world.told[2]).toBe('430 chat firing: bucket-1 new HIGH');
    expect(new Set(world.sent.map(({ id }) => id)).size).toBe(3);
  });
});

describe('an alert that goes elsewhere', () => {
  const moved = { labels: { account: '210987654321' }, version: 100 };

  it('is told in the group that it moves to, and the other ends without a word', async () => {
    const world = await (await new GroupWorld().receive({})).until(60);
    await (await world.receive(moved)).until(2_000);
    expect(world.told).toEqual([
      '30 chat firing: bucket-1 new HIGH',
      '90 chat firing: bucket-1 new HIGH',
    ]);
    await (await world.receive({ ...moved, status: 'resolved', version: 2_000 })).until(4_000);
    expect(world.told[2]).toBe('2030 chat resolved: bucket-1 resolved HIGH');
    expect(world.sent).toHaveLength(3);
  });

  it.each(['putAlert', 'place', 'group', 'putGroup'] as const)(
    'arrives there once although the function dies at %s, and is nowhere else',
    async (step) => {
      const world = await (await new GroupWorld().receive({})).until(60);
      const kept = world.store[step];
      const dies = () => Promise.reject(new Error('killed'));
      for (let calls = 0; calls < 3; calls++) {
        let left = calls;
        Object.assign(world.store, {
          [step]: (...given: Parameters<typeof kept>) =>
            left-- > 0 ? Reflect.apply(kept, world.store, given) : dies(),
        });
        await world.receive(moved).catch(() => undefined);
      }
      Object.assign(world.store, { [step]: kept });
      await (await world.receive(moved)).until(2_000);
      const places = [...world.table.items.values()].filter(({ alert }) => alert);
      expect(places.filter(({ alert }) => !Object(alert).withdrawn)).toHaveLength(1);
      expect(world.told.slice(1)).toEqual([expect.stringContaining('firing: bucket-1 new HIGH')]);
    },
  );

  it('takes its acknowledgement along', async () => {
    const world = await (await new GroupWorld().receive({})).until(60);
    const { key } = alert();
    const groupKey = (await world.store.groupOf(key)) ?? '';
    const held = await world.store.alert(groupKey, key);
    if (!held) throw new RangeError('the alert is nowhere');
    await world.store.acknowledge(held, { by: 'ada', at: world.now.toISOString(), via: 'slack' });
    await (await world.receive(moved)).until(1_000);
    expect(world.told[1]).toMatch(/^90 chat acknowledged/);
  });

  it('ends without a word where its rule does not match any more', async () => {
    const world = await (await new GroupWorld().receive({})).until(60);
    await world.withdraw();
    await world.until(2_000);
    expect(world.told).toHaveLength(1);
  });

  it('is told where its rule matches again before the word of its end comes', async () => {
    const world = await (await new GroupWorld().receive({})).until(60);
    await world.receive({ version: 100, severity: 'CRITICAL' });
    await world.withdraw();
    await world.until(2_000);
    expect(world.told[1]).toBe('330 chat firing: bucket-1 changed CRITICAL');
  });

  it('closes the incident that its receiver keeps', async () => {
    const world = new GroupWorld();
    world.notify = { ...world.notify, channel: 'pager' };
    await (await world.receive({})).until(60);
    await world.withdraw();
    await world.until(2_000);
    expect(world.told[1]).toBe('330 pager resolved: bucket-1 resolved HIGH');
  });
});

describe('what holds messages back', () => {
  it('is a silence, until it runs out', async () => {
    const world = new GroupWorld();
    await silence(world, 3_600);
    await (await world.receive({})).until(10_000);
    expect(world.told).toEqual(['3600 chat firing: bucket-1 new HIGH']);
    expect(world.measures).toContainEqual(
      expect.objectContaining({ name: 'HeldBack', dimensions: { reason: 'silence' } }),
    );
  });

  it('is a silence that ends with the last finding that it silences', async () => {
    const world = new GroupWorld();
    await silence(world, 360_000, { untilResolved: true });
    await (await world.receive({}, { finding: 'bucket-2' })).until(100);
    await world.receive({ status: 'resolved', version: 100 });
    expect((await world.store.silences())[0]?.open).toHaveLength(1);
    await world.receive({ finding: 'bucket-2', status: 'resolved', version: 100 });
    expect((await world.store.silences())[0]?.ended).toMatchObject({ by: 'resolved' });
    await (await world.receive({ version: 200 })).until(2_000);
    expect(world.told).toEqual([expect.stringContaining('firing: bucket-1 new HIGH')]);
  });

  it('is a silence that ends with the last finding that its rule lets go', async () => {
    const world = new GroupWorld();
    await silence(world, 360_000, { untilResolved: true });
    await (await world.receive({})).until(100);
    await world.withdraw();
    expect((await world.store.silences())[0]?.ended).toMatchObject({ by: 'resolved' });
  });

  it('is a worse finding on the same resource, until it is resolved', async () => {
    const world = new GroupWorld();
    const of = (value: string) => [{ label: 'severity', op: '=', value }] as const;
    world.ruleSet = {
      ...world.ruleSet,
      inhibitions: [
        { name: 'worse', source: of('CRITICAL'), target: of('HIGH'), equal: ['account'] },
      ],
    };
    await world.receive({ finding: 'worst', severity: 'CRITICAL' }, {});
    await world.until(1_000);
    expect(world.told).toEqual(['30 chat firing: worst new CRITICAL']);
    await world.receive({
      ...{ finding: 'worst', severity: 'CRITICAL', status: 'resolved', version: 1_000 },
    });
    await world.until(3_000);
    expect(world.told.slice(1).join()).toContain('bucket-1 new HIGH');
    expect([...world.table.items.keys()].filter((name) => name.startsWith('inhibitor'))).toEqual(
      [],
    );
  });

  it('is no withdrawal that comes late: the finding mutes others on', async () => {
    const world = new GroupWorld();
    const of = (value: string) => [{ label: 'severity', op: '=', value }] as const;
    const inhibition = { name: 'w', source: of('HIGH'), target: of('LOW'), equal: ['account'] };
    world.ruleSet = { ...world.ruleSet, inhibitions: [inhibition] };
    await world.receive({ version: 100 });
    await world.withdraw();
    expect([...world.table.items.keys()].some((name) => name.startsWith('inhibitor'))).toBe(true);
  });

  it('is a limit of the channel: what is over becomes one digest', async () => {
    const world = new GroupWorld();
    world.ruleSet = { ...world.ruleSet, channels: limited };
    world.notify = {
      channel: 'chat',
      group: { by: ['finding'], wait: '30s', interval: '5m' },
    };
    await world.receive({}, { finding: 'bucket-2' }, { finding: 'bucket-3' });
    await world.until(300);
    expect(world.told).toEqual([
      expect.stringMatching(/^30 chat firing: bucket-\d new HIGH$/),
      expect.stringMatching(/^90 chat firing: bucket-\d new HIGH, bucket-\d new HIGH$/),
    ]);
    expect(world.sent[1]?.body).toMatchObject({ collected: 2, total: 2 });
  });
});

describe('acknowledgement and escalation', () => {
  const escalating = {
    channel: 'chat',
    group: { by: ['account'], wait: '30s', interval: '5m', repeat: '1h' },
    escalate: [{ after: '10m', channel: 'pager' }],
  };

  it('tells the next channel where nobody acknowledges in time', async () => {
    const world = new GroupWorld();
    world.notify = escalating;
    await (await world.receive({})).until(1_000);
    expect(world.told).toEqual([
      '30 chat firing: bucket-1 new HIGH',
      '630 pager escalated: bucket-1 open HIGH',
    ]);
  });

  it('is done in Security Hub, too: nothing repeats or escalates from then on', async () => {
    const world = new GroupWorld();
    world.notify = escalating;
    await (await world.receive({})).until(100);
    await (await world.receive({ status: 'acknowledged', version: 100 })).until(20_000);
    expect(world.told).toEqual([
      '30 chat firing: bucket-1 new HIGH',
      '330 chat acknowledged: bucket-1 acknowledged HIGH',
    ]);
    expect(world.sent[1]?.body).toMatchObject({
      acknowledgedBy: [{ by: 'Security Hub', via: 'security-hub' }],
    });
  });
});

describe('the minute', () => {
  it('shows that it comes, also where nothing is due or what is due fails', async () => {
    const world = new GroupWorld();
    const beats = () => world.measures.filter(({ name }) => name === 'TellDueHeartbeat').length;
    await tellDue(world.tell)();
    expect(beats()).toBe(1);
    await world.receive({});
    world.failSends = 1;
    await expect(tellDue(world.at(60).tell)()).rejects.toThrow('away');
    expect(beats()).toBe(2);
  });
});
