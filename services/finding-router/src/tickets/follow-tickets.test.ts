import { describe, expect, it } from '@jest/globals';
import { acknowledgeGroups } from '../groups/acknowledge-groups.ts';
import { TicketWorld } from '../testing/ticket-world.ts';

const nobody = {};
const ada = { standing: { assignee: 'u-ada' }, assignee: 'Ada' };

/** A finding that was told half a minute ago, and its ticket, which nobody has. */
async function ticketed(): Promise<TicketWorld> {
  const world = await new TicketWorld().finding();
  await world.ticket({ standing: nobody });
  return await world.until(60);
}

/** What people were told, without what is asked of Security Hub. */
const channelsTold = ({ groups }: TicketWorld) =>
  groups.sent.flatMap(({ queue, body }) => {
    const { channel, status } = Object(body);
    return queue === 'updates' ? [] : [`${channel} ${status}`];
  });

describe('somebody who takes a ticket', () => {
  it('acknowledges its finding: in Security Hub, with name and ticket, and in its group', async () => {
    const world = await ticketed();
    world.held.set('SEC-key', ada);
    await world.until(40 * 60);
    expect(world.updates).toEqual([
      {
        id: 'bucket-1',
        update: { workflow: 'NOTIFIED', note: 'Ada has taken SEC-key (tickets)' },
        rules: ['acknowledgement'],
      },
    ]);
    expect(channelsTold(world)).toEqual(['chat firing', 'chat acknowledged']);
    const { acknowledgedBy } = Object(world.groups.sent.at(-1)?.body);
    expect(acknowledgedBy).toMatchObject([{ by: 'Ada', via: 'ticket' }]);
    expect(world.groups.measures).toContainEqual({
      ...{ name: 'Acknowledgements', value: 1, unit: 'Count' },
      dimensions: { state: 'acknowledged' },
    });
  });

  it('stops the escalation, up to the minute before it', async () => {
    const world = await ticketed();
    await world.until(30 * 60);
    world.held.set('SEC-key', ada);
    await world.until(60 * 60);
    expect(channelsTold(world)).toEqual(['chat firing', 'chat acknowledged']);
  });

  it('has taken it when it is worked on, whoever has it', async () => {
    const world = await ticketed();
    world.held.set('SEC-key', { standing: { inProgress: 'Doing' } });
    expect(await world.follow()).toBe(1);
    expect(world.updates).toMatchObject([
      { update: { note: 'somebody has taken SEC-key (tickets)' } },
    ]);
  });

  it('is named as data, visible and short', async () => {
    const world = await ticketed();
    const assignee = `*Ada*\n\u202e<b>${'x'.repeat(200)}`;
    world.held.set('SEC-key', { standing: { assignee: 'u' }, assignee });
    await world.follow();
    const [{ update }] = world.updates.map(Object);
    expect(update.note).toContain('*Ada*\\u{a}\\u{202e}<b>xxx');
    expect(update.note.length).toBeLessThan(150);
  });

  it('acknowledges all findings in it that wait', async () => {
    const world = await ticketed();
    await world.finding({ finding: 'bucket-2' });
    await world.finding({ finding: 'bucket-3', status: 'resolved' });
    await world.ticket({ of: 'bucket-2' });
    await world.ticket({ of: 'bucket-3' });
    world.held.set('SEC-key', ada);
    await world.follow();
    const ids = world.updates.map((update) => Object(update).id);
    expect(ids.sort()).toEqual(['bucket-1', 'bucket-2']);
  });

  it('acknowledges none that has left it', async () => {
    const world = await ticketed();
    await world.finding({ finding: 'bucket-2' });
    await world.ticket({ of: 'bucket-2' });
    await world.ticket({ action: 'resolve' });
    world.held.set('SEC-key', ada);
    await world.follow();
    expect(world.updates).toMatchObject([{ id: 'bucket-2' }]);
  });
});

describe('a ticket is not taken', () => {
  it('by whom its system gave it to when it was made', async () => {
    const world = await new TicketWorld().finding();
    await world.ticket({ standing: ada.standing });
    world.held.set('SEC-key', ada);
    await world.until(40 * 60);
    expect(world.updates).toEqual([]);
    expect(channelsTold(world)).toEqual(['chat firing', 'pager escalated']);
    world.held.set('SEC-key', { standing: { assignee: 'u-ben' }, assignee: 'Ben' });
    expect(await world.follow()).toBe(1);
  });

  it('by whoever had it before anybody looked, where that is not known', async () => {
    const world = await new TicketWorld().finding();
    await world.ticket({});
    world.held.set('SEC-key', ada);
    expect(await world.until(120).then(() => world.updates)).toEqual([]);
    world.held.set('SEC-key', { ...ada, standing: { ...ada.standing, inProgress: 'Doing' } });
    expect(await world.until(180).then(() => world.updates)).toHaveLength(1);
  });

  it('by giving it away', async () => {
    const world = await new TicketWorld().finding();
    await world.ticket({ standing: { assignee: 'u-ada', inProgress: 'Doing' } });
    world.held.set('SEC-key', ada);
    expect(await world.follow()).toBe(0);
    world.held.clear();
    expect(await world.until(120).then(() => world.updates)).toEqual([]);
  });

  it('anew, for a finding that comes to it afterwards', async () => {
    const world = await ticketed();
    world.held.set('SEC-key', ada);
    await world.follow();
    await world.finding({ status: 'acknowledged', version: 60 });
    await world.finding({ finding: 'bucket-2', version: 60 });
    await world.ticket({ of: 'bucket-2' });
    await world.until(180);
    expect(world.updates).toHaveLength(1);
    world.held.set('SEC-key', { ...ada, standing: { ...ada.standing, inProgress: 'Doing' } });
    await world.until(240);
    expect(world.updates).toMatchObject([{ id: 'bucket-1' }, { id: 'bucket-2' }]);
  });

  it('by who took it before it was opened again', async () => {
    const world = await ticketed();
    world.held.set('SEC-key', ada);
    await world.follow();
    await world.finding({ status: 'resolved', version: 60 });
    await world.ticket({ action: 'resolve' });
    await world.until(400);
    await world.finding({ version: 400 });
    const again = { ...ada.standing, inProgress: 'In Progress' };
    await world.ticket({ action: 'reopen', standing: again });
    world.held.set('SEC-key', { ...ada, standing: again });
    await world.until(400 + 40 * 60);
    expect(world.updates).toHaveLength(1);
    expect(channelsTold(world).slice(-1)).toEqual(['pager escalated']);
  });
});

describe('a system that does not answer', () => {
  it('has told of nobody: the finding escalates, and is acknowledged once it answers', async () => {
    const world = await ticketed();
    world.held.set('SEC-key', ada);
    world.away = ['tickets'];
    await world.until(40 * 60);
    expect(world.updates).toEqual([]);
    expect(channelsTold(world)).toEqual(['chat firing', 'pager escalated']);
    world.away = [];
    await world.until(50 * 60);
    expect(world.updates).toHaveLength(1);
    const ends = ['chat acknowledged', 'pager acknowledged'];
    expect(channelsTold(world)).toEqual(['chat firing', 'pager escalated', ...ends]);
  });

  it('is asked once in a minute, and keeps no other from being asked', async () => {
    const world = new TicketWorld();
    for (let count = 0; count < 120; count += 1) {
      await world.finding({ finding: `bucket-${count}` });
      const ticketKey = `${count}`;
      await world.ticket({ of: `bucket-${count}`, ticketKey, standing: nobody });
    }
    await world.finding({ finding: 'other' });
    const other = { channel: 'itsm', ticketKey: 'other' };
    await world.ticket({ of: 'other', ...other, standing: nobody });
    world.held.set('SEC-other', ada);
    world.away = ['tickets'];
    expect(await world.follow()).toBe(1);
    expect(world.asked.map(({ length }) => length).sort((one, two) => one - two)).toEqual([1, 50]);
    world.away = [];
    world.asked.length = 0;
    await world.follow();
    expect(world.asked.map(({ length }) => length)).toEqual([50, 50, 20]);
  });
});

describe('tickets are asked for', () => {
  const asks = (world: TicketWorld) => world.asked.length;

  it('each minute of the first day, then less often', async () => {
    const world = await ticketed();
    const asksIn = async (hours: number) => {
      world.asked.length = 0;
      await world.until(
        (world.groups.now.getTime() - Date.parse('2026-01-05T12:00:00Z')) / 1_000 + hours * 3_600,
      );
      return asks(world);
    };
    expect(await asksIn(1)).toBe(60);
    await world.groups.until(2 * 86_400);
    expect(await asksIn(2)).toBe(8);
    await world.groups.until(8 * 86_400);
    expect(await asksIn(4)).toBe(4);
  });

  it('not any more once their findings are acknowledged elsewhere or over', async () => {
    const world = await ticketed();
    await world.finding({ status: 'acknowledged', version: 60 });
    world.asked.length = 0;
    await world.until(3_600);
    expect(asks(world)).toBe(0);
    await world.finding({ finding: 'bucket-2' });
    await world.ticket({ of: 'bucket-2', ticketKey: 'two', standing: nobody });
    await world.ticket({ of: 'bucket-2', ticketKey: 'two', action: 'resolve' });
    await world.until(7_200);
    expect(asks(world)).toBe(0);
  });

  it('never, where no channel keeps tickets', async () => {
    const world = new TicketWorld();
    expect(await world.follow()).toBe(0);
    expect(world.asked).toEqual([]);
  });
});

describe('what others do meanwhile', () => {
  it('counts: an alert that was taken on in Slack keeps its name', async () => {
    const world = await ticketed();
    const { store, alarm, outlet, clock, table } = world.groups;
    const group = [...table.items.values()].find(({ sk }) => sk === 'group');
    const groupKey = String(group?.pk).slice('group#'.length);
    const slack = acknowledgeGroups({ store, alarm, outlet, clock }, ['chat']);
    const click = { groupKey, messageId: 'm-1', by: { id: 'U1', name: 'ben' } };
    const at = world.groups.at(61).now.toISOString();
    expect(await slack.acknowledge(click, at)).toEqual({ state: 'acknowledged' });
    world.held.set('SEC-key', ada);
    await world.until(400);
    const { acknowledgedBy } = Object(world.groups.sent.at(-1)?.body);
    expect(acknowledgedBy).toMatchObject([{ by: 'ben', via: 'slack' }]);
  });

  it('is not lost: a finding that comes to the ticket while it is asked for has to be taken on', async () => {
    const world = await ticketed();
    await world.finding({ finding: 'bucket-2' });
    world.meanwhile = async () => void (await world.ticket({ of: 'bucket-2' }));
    world.held.set('SEC-key', ada);
    await world.follow();
    expect(world.updates).toMatchObject([{ id: 'bucket-1' }]);
    await world.finding({ status: 'acknowledged', version: 60 });
    world.held.set('SEC-key', { ...ada, standing: { assignee: 'u-ben' } });
    await world.until(180);
    expect(world.updates).toMatchObject([{ id: 'bucket-1' }, { id: 'bucket-2' }]);
  });
});
