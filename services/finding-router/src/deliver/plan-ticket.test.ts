import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TicketCommand } from '../delivery.ts';
import { ticketCommand } from '../testing/deliver-world.ts';
import { finding } from '../testing/sample-message.ts';
import { planTicket } from './plan-ticket.ts';
import type { TicketMemory } from './ports.ts';

const start = Date.parse('2026-05-01T12:00:00.000Z');

/** What a ticket system is told by commands, one after another: `FINDING ACTION`, a minute apart unless `@MINUTE` says when they were made. */
function tellAll(...steps: readonly string[]) {
  let memory: TicketMemory | undefined;
  let isMade = false;
  const told = steps.map((step, index) => {
    const [key = '', action = '', minute] = step.split(/[ @]/);
    const made = ticketCommand({
      id: `rpm-${index}`,
      action: actionOf(action),
      comment: `it is ${action}`,
      finding: { ...finding, key, title: key, resource: `bucket-${key}` },
      title: `title of ${key}`,
      at: new Date(start + Number(minute ?? index) * 60_000).toISOString(),
    });
    const { command, remember } = planTicket(made, memory);
    isMade ||= command !== undefined && command.action !== 'resolve';
    memory = remember(isMade ? { reference: 'SEC-1' } : {});
    return command;
  });
  return { told, actions: told.map((command) => command?.action), memory };
}

function actionOf(text: string): TicketCommand['action'] {
  return text === 'comment' || text === 'resolve' || text === 'reopen' ? text : 'open';
}

describe('planTicket', () => {
  it('leaves the commands of a single finding as they are', () => {
    const steps = ['a open', 'a comment', 'a resolve', 'a reopen', 'a resolve'];
    const { actions, told } = tellAll(...steps);
    expect(actions).toEqual(['open', 'comment', 'resolve', 'reopen', 'resolve']);
    expect(told.map((command) => command?.comment)).toEqual([
      ...['it is open', 'it is comment', 'it is resolve', 'it is reopen', 'it is resolve'],
    ]);
  });

  it('adds further findings as comments, and resolves with the last of them', () => {
    const { actions, told } = tellAll('a open', 'b open', 'a resolve', 'b comment', 'b resolve');
    expect(actions).toEqual(['open', 'comment', 'comment', 'comment', 'resolve']);
    expect(told[1]).toMatchObject({
      reference: 'SEC-1',
      comment: 'Also: title of b\n\nSomebody can read it.',
    });
    expect(told[2]?.comment).toBe('a (bucket-a): it is resolve\n\n1 other finding is open.');
  });

  it('says which of several findings has changed, and how many are left', () => {
    const { told } = tellAll('a open', 'b open', 'c open', 'b comment', 'c resolve');
    expect(told[3]?.comment).toBe('b (bucket-b): it is comment');
    expect(told[4]?.comment).toMatch(/2 other findings are open\.$/);
  });

  it('reopens a resolved ticket for a finding that comes to it', () => {
    const { actions, told } = tellAll('a open', 'a resolve', 'b open', 'a reopen', 'b resolve');
    expect(actions).toEqual(['open', 'resolve', 'reopen', 'comment', 'comment']);
    expect(told[2]?.comment).toMatch(/^Open again: title of b/);
    expect(tellAll('a open', 'a resolve', 'a comment').actions.at(-1)).toBe('reopen');
  });

  it('opens where a ticket was never made', () => {
    expect(tellAll('a resolve', 'b open').actions).toEqual(['resolve', 'open']);
  });

  it('adds a second opening of a finding as a comment', () => {
    expect(tellAll('a open', 'a open').actions).toEqual(['open', 'comment']);
  });

  it('opens and closes nothing for what comes late', () => {
    expect(tellAll('a resolve@9', 'a open@1').actions).toEqual(['resolve', undefined]);
    expect(tellAll('a open@1', 'a resolve@9', 'a comment@4').actions.at(-1)).toBe('comment');
    const { actions, memory } = tellAll('a open@9', 'a resolve@4');
    expect(actions).toEqual(['open', undefined]);
    expect(Object.keys(memory?.open ?? {})).toHaveLength(1);
  });

  it('keeps the order of the queue where clocks differ', () => {
    expect(tellAll('a open@9.9', 'a resolve@9.1').actions).toEqual(['open', 'resolve']);
  });

  it('remembers a hundred findings that have left', () => {
    const steps = Array.from(
      { length: 250 },
      (_, index) => `f${index >> 1} ${index % 2 ? 'resolve' : 'open'}`,
    );
    const { memory } = tellAll('z open', ...steps);
    expect(Object.keys(memory?.ended ?? {})).toHaveLength(100);
    expect(Object.keys(memory?.open ?? {})).toHaveLength(1);
  });

  it('has somebody look who has the ticket, as long as findings are in it, the newest since when', () => {
    const at = (minute: number) => new Date(start + minute * 60_000).toISOString();
    const watchAfter = (...steps: readonly string[]) => tellAll(...steps).memory?.watch;
    expect(watchAfter('a open@1')).toEqual({ since: at(1), next: at(1) });
    expect(watchAfter('a open@1', 'b open@5')).toEqual({ since: at(5), next: at(5) });
    expect(watchAfter('a open@1', 'b open@5', 'b resolve@6')).toEqual({
      since: at(5),
      next: at(5),
    });
    expect(watchAfter('a open@1', 'b open@9', 'b comment@3')).toEqual({
      since: at(9),
      next: at(9),
    });
    expect(watchAfter('a open@1', 'a resolve@5')).toBeUndefined();
  });

  it('remembers who had the ticket when it began, and forgets it where it begins anew', () => {
    const command = ticketCommand();
    const standing = { assignee: 'u-1' };
    const first = planTicket(command, undefined).remember({ begins: { standing } });
    expect(first.standing).toEqual(standing);
    const second = planTicket({ ...command, action: 'comment' }, first).remember({});
    expect(second.standing).toEqual(standing);
    expect(planTicket(command, second).remember({ begins: {} })).not.toHaveProperty('standing');
  });

  it('keeps the ticket open for exactly as long as one of its findings is', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.boolean()), { maxLength: 30 }), (changes) => {
        const { steps, isOpen } = livesOf(changes);
        const { actions } = tellAll(...steps);
        expect(actions.filter((action) => action === 'open')).toHaveLength(
          Math.min(1, steps.length),
        );
        expect(openAfterEach(actions)).toEqual(isOpen);
      }),
    );
  });
});

/** Findings that open, change and end in any order, and after which steps one of them is open. */
function livesOf(changes: readonly (readonly [string, boolean])[]) {
  const open = new Set<string>();
  const known = new Set<string>();
  const isOpen: boolean[] = [];
  const steps = changes.map(([name, ends]) => {
    const begins = known.has(name) ? 'reopen' : 'open';
    const goesOn = ends ? 'resolve' : 'comment';
    const action = open.has(name) ? goesOn : begins;
    known.add(name);
    if (action === 'resolve') open.delete(name);
    else open.add(name);
    isOpen.push(open.size > 0);
    return `${name} ${action}`;
  });
  return { steps, isOpen };
}

/** The state of a ticket after each command; it is reopened only when it is resolved, and resolved only when it is open. */
function openAfterEach(actions: readonly (string | undefined)[]): readonly boolean[] {
  let isOpen = false;
  return actions.map((action) => {
    if (action === 'reopen' || action === 'resolve') expect(isOpen).toBe(action === 'resolve');
    if (action !== 'comment') isOpen = action !== 'resolve';
    return isOpen;
  });
}
