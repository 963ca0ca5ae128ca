import type { Act } from './first-path.ts';
import { promised, waitFor } from './wait-for.ts';

/** How often the same event arrives again. */
const copies = 20;
const guardFunction = 'restart-trail';

/** The finding meets the incident that is there: it gets a note, and nobody is told a second time. */
export async function seeSecondPath({ world, trail, facts, say }: Act): Promise<true> {
  const findingId = await world.sendFinding(trail);
  const id = facts.record?.id ?? '';
  const note = await waitFor('the finding gets a note with the incident', async () => {
    const text = (await world.finding(findingId))?.note;
    return text?.includes(id) ? text : undefined;
  });
  const { incidents, messages } = await counts({ world, trail });
  facts.secondPath = { findingId, note, incidents, messages };
  promised(
    incidents === 1 && messages === 1,
    `${incidents} incidents and ${messages} messages, not one each`,
  );
  say(`same incident ${id}; still one record and one message; note on the finding: ${note}`);
  return true;
}

/** Duplicates are read, and change nothing. */
export async function seeDuplicates({ world, trail, event, facts, say }: Act): Promise<true> {
  const restartsBefore = await world.callsOf(guardFunction, 'StartLogging');
  const readBefore = await world.callsOf(guardFunction, 'GetTrailStatus');
  await world.deliver(event, copies);
  await waitFor(`the guard reads all ${copies} copies`, async () => {
    const read = (await world.callsOf(guardFunction, 'GetTrailStatus')) - readBefore;
    return read >= copies ? read : undefined;
  });
  const { incidents, messages } = await counts({ world, trail });
  const restarts = (await world.callsOf(guardFunction, 'StartLogging')) - restartsBefore;
  facts.duplicates = { delivered: copies, restarts, incidents, messages };
  promised(
    restarts === 0 && incidents === 1 && messages === 1,
    `${copies} duplicates led to ${restarts} restarts, ${incidents} incidents, ${messages} messages`,
  );
  say(`${copies} delivered, 0 restarts; still one record and one message`);
  return true;
}

/** What can never work is not retried for ever, and not lost. */
export async function seeDeadLetter({ world, event, facts, say }: Act): Promise<true> {
  const { eventTime: _missing, ...detail } = { eventTime: undefined, ...event.detail };
  await world.deliver({ ...event, id: `${event.id.slice(0, -4)}0bad`, detail }, 1);
  const letter = await waitFor('the malformed event is in the dead-letter queue', async () =>
    (await world.deadLetters()).at(0),
  );
  facts.deadLetter = letter;
  say(`in queue ${letter.queue}, with its reason: ${letter.error.name}: ${letter.error.message}`);
  return true;
}

async function counts({ world, trail }: Pick<Act, 'world' | 'trail'>) {
  await world.settle();
  const [records, messages] = await Promise.all([world.records(trail), world.messages()]);
  return { incidents: records.length, messages: messages.length };
}
