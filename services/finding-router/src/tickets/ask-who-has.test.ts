import { describe, expect, it } from '@jest/globals';
import { ChannelBusyError, ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { deliverWorld, jira } from '../testing/deliver-world.ts';
import { askWhoHas } from './ask-who-has.ts';
import type { AskedTicket, HeldTicket } from './held-ticket.ts';
import type { ServiceNowChannel } from './ticket-deps.ts';

const ticket: AskedTicket = { ticketKey: 'key', reference: 'SEC-1' };
const held: HeldTicket = { reference: 'SEC-1', name: 'SEC-1', standing: { assignee: 'u-1' } };
const serviceNow: ServiceNowChannel = {
  ...{ name: 'itsm', type: 'servicenow', secret: 'riposte/servicenow' },
  url: 'https://example.service-now.com',
};

/** Asks as a function does that has just started; answers are given one after another, and the last of them again and again. */
function asking(...answers: readonly (readonly HeldTicket[] | Error)[]) {
  const world = deliverWorld(jira);
  const asked: unknown[] = [];
  const notes: unknown[] = [];
  const answer = async (_: unknown, { name }: { readonly name: string }, secret: unknown) => {
    asked.push([name, secret]);
    const given = answers[Math.min(asked.length, answers.length) - 1];
    if (given instanceof Error) throw given;
    return given ?? [];
  };
  const { health, secrets, measure } = world.start();
  const ask = askWhoHas({
    ...{ jira: answer, servicenow: answer, secrets, measure },
    health: { jira: health, servicenow: health },
    note: (message, facts) => void notes.push([message, facts]),
  });
  return { world, asked, notes, ask: () => ask([ticket], jira), askOf: ask };
}

const down = new ChannelDownError('tickets', 'away');

describe('asking who has tickets', () => {
  it('asks the system of the channel, with its secret', async () => {
    const { ask, askOf, asked, world } = asking([held], []);
    world.secrets.set('riposte/servicenow', { token: 'two' });
    expect(await ask()).toEqual(new Map([['SEC-1', held]]));
    expect(await askOf([ticket], serviceNow)).toEqual(new Map());
    expect(asked).toEqual([
      ['tickets', { token: 'one' }],
      ['itsm', { token: 'two' }],
    ]);
  });

  it('asks once more with a secret that was rotated', async () => {
    const refused = new DeliveryRefusedError('tickets', 'secret', 'no');
    const { ask, world } = asking(refused, [held]);
    const { secretReads, secrets } = world;
    secrets.set('riposte/jira', { token: 'old' });
    const asked = ask();
    await Promise.resolve();
    secrets.set('riposte/jira', { token: 'new' });
    expect(await asked).toEqual(new Map([['SEC-1', held]]));
    expect(secretReads).toEqual(['riposte/jira', 'riposte/jira (fresh)']);
  });

  it.each([
    ['is away', down],
    ['is busy', new ChannelBusyError('tickets', 60)],
    ['refuses', new DeliveryRefusedError('tickets', 'project', 'no')],
  ])('says nothing where the system %s, and notes why', async (_, error) => {
    const { ask, notes, world } = asking(error);
    expect(await ask()).toBeUndefined();
    const { name: errorName, message: said } = error;
    expect(notes).toEqual([
      ['nobody says who has tickets', { channel: 'tickets', errorName, said }],
    ]);
    expect(world.measured('TicketsNotRead')).toBe(1);
  });

  it('says nothing of a channel whose address the deployment does not say', async () => {
    const { askOf, asked, notes } = asking([held]);
    expect(await askOf([ticket], { ...jira, url: `${'$'}{JIRA_URL}` })).toBeUndefined();
    expect(asked).toEqual([]);
    expect(notes).toMatchObject([
      [expect.anything(), { said: expect.stringContaining('JIRA_URL') }],
    ]);
  });

  it('leaves a system alone that asked to wait', async () => {
    const { ask, asked, world } = asking(new ChannelBusyError('tickets', 60), [held]);
    await ask();
    expect(await ask()).toBeUndefined();
    expect(asked).toHaveLength(1);
    world.wait(70);
    expect(await ask()).toBeDefined();
  });

  it('leaves a system alone that does not answer, as messages do', async () => {
    const { ask, asked, world } = asking(down);
    for (let count = 0; count < 8; count += 1) await ask();
    expect(asked).toHaveLength(5);
    expect(world.measured('BreakerOpened')).toBe(1);
    expect(world.healths.get('tickets')).toMatchObject({ openings: 1 });
  });

  it('does not take an answer for proof that tickets can be made again', async () => {
    const { ask, world } = asking(down, down, down, down, down, [held]);
    for (let count = 0; count < 5; count += 1) await ask();
    world.wait(40);
    expect(await ask()).toBeDefined();
    const { openings, probeUntil } = world.healths.get('tickets') ?? {};
    expect({ openings, probeUntil }).toEqual({ openings: 1, probeUntil: undefined });
  });

  it('counts as a success while the channel works', async () => {
    const { ask, world } = asking(down, [held]);
    await ask();
    await ask();
    expect(world.healths.get('tickets')).toMatchObject({ failures: 0 });
  });
});
