import { describe, expect, it } from '@jest/globals';
import { UnreadableItemError } from '@riposte/notifications';
import { alert } from '@riposte/notifications/testing';
import { StaleStateError } from '../errors.ts';
import { GroupWorld, groupChannels } from '../testing/group-world.ts';
import { tellDigest, tellDue, tellGroup } from './tell-group.ts';

const ids = (world: GroupWorld) => world.sent.map(({ id }) => id);
const groupOf = async (world: GroupWorld, finding = 'bucket-1') =>
  (await world.store.groupOf(alert({ finding }).key)) ?? '';

/** A world whose channel takes one message an hour: everything goes into digests. */
async function digestWorld(): Promise<GroupWorld> {
  const world = new GroupWorld();
  const channels = groupChannels.map((channel) => ({ ...channel, maxPerHour: 1 }));
  world.ruleSet = { ...world.ruleSet, channels };
  return (await world.receive({})).until(30);
}

describe('a function that dies', () => {
  it('between write and send leaves messages that leave at the next run, once', async () => {
    const world = await new GroupWorld().receive({});
    world.failSends = 1;
    await expect(world.until(30)).rejects.toThrow('away');
    expect(world.sent).toEqual([]);
    world.at(45);
    expect(await tellDue(world.tell)()).toBe(1);
    await world.until(1_000);
    expect(world.told).toEqual(['30 chat firing: bucket-1 new HIGH']);
  });

  it('between send and its note repeats the message with its id', async () => {
    const world = await new GroupWorld().receive({});
    const { groupSent } = world.store;
    Object.assign(world.store, { groupSent: () => Promise.reject(new Error('killed')) });
    await expect(world.until(30)).rejects.toThrow('killed');
    Object.assign(world.store, { groupSent });
    await world.until(1_000);
    expect(ids(world)).toEqual([ids(world)[0], ids(world)[0]]);
  });

  it('before it writes the group has told nothing, whatever it marked', async () => {
    const world = await new GroupWorld().receive({});
    const { putGroup } = world.store;
    Object.assign(world.store, { putGroup: () => Promise.reject(new Error('killed')) });
    await expect(world.until(30)).rejects.toThrow('killed');
    Object.assign(world.store, { putGroup });
    await world.until(1_000);
    expect(world.told).toEqual([expect.stringContaining('bucket-1 new HIGH')]);
  });

  it('leaves its messages to the group although an alert comes in meanwhile', async () => {
    const world = await new GroupWorld().receive({});
    world.failSends = 1;
    await expect(world.until(30)).rejects.toThrow('away');
    await (await world.receive({ finding: 'bucket-2' })).until(1_000);
    expect(world.told).toEqual([
      '30 chat firing: bucket-1 new HIGH',
      '330 chat firing: bucket-2 new HIGH, bucket-1 open HIGH',
    ]);
  });

  it('leaves a digest that leaves later, although more is counted meanwhile', async () => {
    const world = await digestWorld();
    world.failSends = 1;
    await expect(world.until(90)).rejects.toThrow('away');
    world.notify = { ...world.notify, group: { by: ['finding'], wait: '0s', interval: '5m' } };
    await world.receive({ finding: 'bucket-2' });
    await tellGroup(world.tell)(await groupOf(world, 'bucket-2'));
    await world.until(4_000);
    expect(world.told).toEqual([
      '90 chat firing: bucket-1 new HIGH',
      '3690 chat firing: bucket-2 new HIGH',
    ]);
  });

  it('after an alert was written and before it was noted where: the message comes again', async () => {
    const world = new GroupWorld();
    const { place } = world.store;
    Object.assign(world.store, { place: () => Promise.reject(new Error('killed')) });
    await expect(world.receive({})).rejects.toThrow('killed');
    Object.assign(world.store, { place });
    await world.receive({});
    expect(await groupOf(world)).toMatch(/^grp-/);
    await world.withdraw();
    await world.until(1_000);
    expect(world.sent).toEqual([]);
  });
});

describe('two functions at once', () => {
  it('tell a group once', async () => {
    const world = (await new GroupWorld().receive({})).at(30);
    const groupKey = await groupOf(world);
    world.table.meanwhile = () => tellGroup(world.tell)(groupKey);
    await tellGroup(world.tell)(groupKey);
    expect(world.told).toEqual(['30 chat firing: bucket-1 new HIGH']);
  });

  it('tell of an alert that comes in while its group is told', async () => {
    const world = (await new GroupWorld().receive({})).at(30);
    world.table.meanwhile = async () => void (await world.receive({ finding: 'bucket-2' }));
    await tellGroup(world.tell)(await groupOf(world));
    await world.until(1_000);
    expect(world.told).toEqual(['30 chat firing: bucket-1 new HIGH, bucket-2 new HIGH']);
  });

  it('wake a group that both bring an alert to', async () => {
    const world = new GroupWorld();
    world.table.meanwhile = async () => void (await world.receive({ finding: 'bucket-2' }));
    await (await world.receive({})).until(100);
    expect(world.told).toEqual(['30 chat firing: bucket-1 new HIGH, bucket-2 new HIGH']);
  });

  it('send a digest once', async () => {
    const world = (await digestWorld()).at(90);
    world.table.meanwhile = () => tellDigest(world.tell)('chat');
    await tellDigest(world.tell)('chat');
    expect(world.told).toEqual(['90 chat firing: bucket-1 new HIGH']);
  });

  it('give up where somebody else is faster each time, and the group stays due', async () => {
    const world = (await new GroupWorld().receive({})).at(30);
    const { putGroup } = world.store;
    const groupKey = await groupOf(world);
    const stale = () => Promise.reject(new StaleStateError(groupKey));
    Object.assign(world.store, { putGroup: stale });
    await expect(tellGroup(world.tell)(groupKey)).rejects.toThrow(StaleStateError);
    expect(await tellDue(world.tell)()).toBe(1);
    Object.assign(world.store, { putGroup });
    await world.until(100);
    expect(world.sent).toHaveLength(1);
  });
});

describe('what is due', () => {
  it('is told although another group cannot be read', async () => {
    const world = await new GroupWorld().receive({});
    const key = { pk: 'group#broken', sk: 'group' };
    await world.table.put(key, { duePk: 'due', dueAt: '1', version: 1 });
    world.at(30);
    await expect(tellDue(world.tell)()).rejects.toThrow(UnreadableItemError);
    expect(world.sent).toHaveLength(1);
  });

  it('wakes once for a time, however many alerts come', async () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ finding: `bucket-${at}` }));
    const world = await new GroupWorld().receive(...many);
    await world.at(25).receive({ finding: 'late-1' }, { finding: 'late-2' });
    expect(world.alarms).toHaveLength(1);
    expect((await world.until(60)).sent[0]?.body).toMatchObject({ total: 22 });
  });

  it('is nothing of a group that is gone', async () => {
    const world = new GroupWorld();
    await tellGroup(world.tell)('grp-gone');
    await tellDigest(world.tell)('nobody');
    await world.withdraw('nobody');
    expect(world.sent).toEqual([]);
  });

  it('leaves marks to alerts that are there: a deleted one does not come back in part', async () => {
    const world = await new GroupWorld().receive({});
    const groupKey = await groupOf(world);
    const { key } = alert();
    await world.table.remove({ pk: `alerts#${groupKey}`, sk: `alert#${key}` });
    const marks = { expiresAt: world.now.toISOString() };
    await world.store.mark({ groupKey, key, marks });
    expect(await world.store.alertsOf(groupKey)).toEqual([]);
  });

  it('says in words what is wrong with a template, and tells all the same', async () => {
    const world = new GroupWorld();
    world.notify = { ...world.notify, title: '{{ broken' };
    await (await world.receive({})).until(60);
    expect(world.sent).toHaveLength(1);
    expect(world.problems).toHaveLength(1);
  });
});
