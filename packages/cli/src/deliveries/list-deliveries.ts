import { escapeText } from '@riposte/findings';
import { fitColumns } from '../format/fit-columns.ts';
import { count } from '../format/numbers.ts';
import { factsOfLetter } from './delivery-facts.ts';
import type { DeliveriesPorts } from './ports.ts';
import type { Letter } from './read-letter.ts';
import { receiveLetters } from './receive-letters.ts';

/** What lies in the dead-letter queues, at most so much of each. Looking takes nothing away. */
export async function listDeliveries(
  ports: DeliveriesPorts,
  most: number,
): Promise<readonly Letter[]> {
  const all: Letter[] = [];
  for (const queue of await ports.queues()) {
    const letters = await receiveLetters(ports, queue, most);
    const held = letters.map((letter) => letter.held);
    await ports.release(queue, held);
    all.push(...letters);
  }
  return all;
}

/** What machines are told of a letter; its body is a finding, and stays where it is. */
export function letterFacts(letter: Letter) {
  const { held, reason, function: name, from, queue, problem } = letter;
  const { id, channel, kind, at } = factsOfLetter(letter);
  return {
    function: name,
    from,
    reason,
    ...{ messageId: held.messageId, sentAt: held.sentAt },
    ...(queue !== undefined && { queue }),
    ...(problem !== undefined && { problem }),
    ...(kind !== undefined && { kind }),
    ...(id !== undefined && { id }),
    ...(channel !== undefined && { channel }),
    ...(at !== undefined && { at }),
  };
}

/** Dead letters as people read them: one line for each function and reason, what lies longest first. */
export function lettersTable(letters: readonly Letter[], width?: number): string {
  if (letters.length === 0) return 'No dead letters.';
  const groups = Map.groupBy(letters, (one) =>
    JSON.stringify([one.function, one.reason.name, one.reason.path ?? '']),
  );
  const rows = [...groups.values()]
    .map((group) => group.toSorted(byAge))
    .toSorted(([one], [other]) => (one && other ? byAge(one, other) : 0))
    .map(rowOf);
  const headings = ['FUNCTION', 'REASON', 'FIELD', 'COUNT', 'SINCE', 'LAST WORDS'];
  return fitColumns(headings, rows, { numbers: [3], ...(width !== undefined && { width }) });
}

function rowOf(group: readonly Letter[]): readonly string[] {
  const [oldest] = group;
  const newest = group.at(-1);
  if (!oldest || !newest) return [];
  return [
    oldest.function,
    escapeText(oldest.reason.name, 60),
    escapeText(oldest.reason.path ?? '-', 60),
    count(group.length),
    oldest.held.sentAt.slice(0, 19).replace('T', ' '),
    escapeText(newest.problem ?? newest.reason.message, 120),
  ];
}

function byAge(one: Letter, other: Letter): number {
  return one.held.sentAt < other.held.sentAt ? -1 : 1;
}
