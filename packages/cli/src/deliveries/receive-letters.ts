import type { DeadLetterQueue, DeliveriesPorts, HeldMessage } from './ports.ts';
import { type Letter, readLetter } from './read-letter.ts';

/** Receives until a queue shows nothing more, or so many. A queue in order shows the rest of a group once its first ones are dealt with. */
export async function receiveLetters(
  ports: DeliveriesPorts,
  queue: DeadLetterQueue,
  most: number,
): Promise<readonly Letter[]> {
  const held: HeldMessage[] = [];
  while (held.length < most) {
    const some = await ports.receive(queue);
    if (some.length === 0) break;
    held.push(...some);
  }
  return held.map((message) => readLetter(ports.stage, queue, message));
}
