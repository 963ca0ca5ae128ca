import { describe, expect, it } from '@jest/globals';
import { inOrder, type QueueMessage } from '@riposte/lambda';
import fc from 'fast-check';
import { ChannelBusyError, ChannelDownError } from '../errors.ts';
import { deliverWorld, notificationBody, slack } from '../testing/deliver-world.ts';
import { deliver } from './deliver.ts';
import { notifications } from './delivery-kinds.ts';
import type { DeliverPorts } from './ports.ts';

/** What happens to one message that is sent. */
type Fate = 'taken' | 'busy' | 'down' | 'dies before' | 'dies after';

/** A function died: nothing that it was about to do is done. */
class DeathError extends Error {
  override readonly name = 'DeathError';
}

interface Play {
  /** Messages by group; a number is an id, which may come several times. */
  readonly groups: readonly (readonly number[])[];
  /** What happens to the messages that are sent, one after another; the rest is taken. */
  readonly fates: readonly Fate[];
  /** Which of two functions runs, and how many groups it takes. */
  readonly turns: readonly { readonly who: number; readonly most: number }[];
}

interface InQueue {
  readonly body: object;
  receiveCount: number;
  visibleAt: number;
}

/** Plays a queue that keeps the order of its groups, and two functions that die now and then. */
async function play({ groups, fates, turns }: Play) {
  const world = deliverWorld(slack);
  const received: string[] = [];
  const deaths: string[] = [];
  const left = [...fates];
  const functions: (Living | undefined)[] = [];
  const queues = groups.map((ids, group) =>
    ids.map((id): InQueue => {
      const body = notificationBody({ id: `${group}-${id}`, groupKey: `${group}` });
      return { body, receiveCount: 0, visibleAt: 0 };
    }),
  );

  interface Living {
    isDead: boolean;
    run(messages: readonly QueueMessage[]): Promise<ReadonlyMap<string, unknown>>;
  }

  function born(): Living {
    const living: Living = { isDead: false, run: async () => new Map() };
    const die = () => {
      living.isDead = true;
      throw new DeathError();
    };
    const ports = world.start();
    const mortal: DeliverPorts = {
      ...ports,
      memory: {
        ...ports.memory,
        keep(delivered) {
          if (!living.isDead && left[0] !== 'dies after') return ports.memory.keep(delivered);
          if (!living.isDead) left.shift();
          deaths.push(delivered.id);
          return die();
        },
      },
    };
    living.run = inOrder(
      deliver({
        kind: notifications,
        channelType: 'slack',
        ports: mortal,
        async sender({ id }) {
          if (living.isDead) die();
          const fate = left[0] === 'dies after' ? 'taken' : left.shift();
          if (fate === 'dies before') die();
          if (fate === 'busy') throw new ChannelBusyError('soc', 20);
          if (fate === 'down') throw new ChannelDownError('soc', 'HTTP 500');
          received.push(id);
          return { reference: id };
        },
      }),
    );
    return living;
  }

  for (let round = 0; queues.some(({ length }) => length > 0); round++) {
    if (round > 5_000) throw new TypeError('it never ends');
    const { who, most } = turns[round % turns.length] ?? { who: 0, most: 1 };
    const now = world.now.getTime();
    const batch = queues
      .map((queue, group) => ({ queue, group }))
      .filter(({ queue }) => queue[0] !== undefined && queue[0].visibleAt <= now)
      .slice(0, most)
      .flatMap(({ queue, group }) =>
        queue.slice(0, most).map((message, index) => ({ message, id: `${group}/${index}`, group })),
      );
    const living = functions[who] ?? born();
    functions[who] = living;
    const failures = await living.run(
      batch.map(({ message, id, group }) => {
        message.receiveCount += 1;
        const { body, receiveCount } = message;
        return { id, body, group: `${group}`, sentAt: new Date(now), receiveCount };
      }),
    );
    if (living.isDead) functions[who] = undefined;
    for (const { message, id, group } of batch) {
      const error = failures.get(id);
      if (!living.isDead && error === undefined)
        queues[group]?.splice(queues[group].indexOf(message), 1);
      else message.visibleAt = now + secondsOf(error) * 1000;
    }
    world.wait(1);
  }
  return { received, deaths };
}

function secondsOf(error: unknown): number {
  if (error instanceof Error && 'retryAfterSeconds' in error)
    return Number(error.retryAfterSeconds);
  return 30;
}

const plays: fc.Arbitrary<Play> = fc.record({
  groups: fc.array(fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 4,
  }),
  fates: fc.array(
    fc.constantFrom<Fate>('taken', 'busy', 'down', 'down', 'dies before', 'dies after'),
    { maxLength: 25 },
  ),
  turns: fc.array(fc.record({ who: fc.nat({ max: 1 }), most: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 8,
  }),
});

describe('deliveries, whatever happens', () => {
  it('arrive once, in the order of their group, and again only where a function died before its receipt was written', async () => {
    let repeats = 0;
    await fc.assert(
      fc.asyncProperty(plays, async (given) => {
        const { received, deaths } = await play(given);
        for (const [group, ids] of given.groups.entries()) {
          const sent = [...new Set(ids)].map((id) => `${group}-${id}`);
          const arrived = received.filter((id) => id.startsWith(`${group}-`));
          expect([...new Set(arrived)]).toEqual(sent);
          for (const id of sent) {
            const count = (all: readonly string[]) => all.filter((each) => each === id).length;
            expect(count(arrived)).toBe(1 + count(deaths));
          }
        }
        repeats += deaths.length;
      }),
      { numRuns: 300 },
    );
    expect(repeats).toBeGreaterThan(0);
  });
});
