import { escapeText } from '@riposte/findings';
import { fitColumns } from '../format/fit-columns.ts';
import { counted } from '../format/numbers.ts';
import { factsOfLetter, sinceOf } from './delivery-facts.ts';
import { RedriveStoppedError } from './errors.ts';
import type { DeadLetterQueue, DeliveriesPorts, HeldMessage } from './ports.ts';
import type { Letter } from './read-letter.ts';
import { receiveLetters } from './receive-letters.ts';
import { sharedQueue } from './router-queues.ts';
import { messagesOf, reasonToStay } from './send-back.ts';

export interface Redrive {
  /** Only letters of this function. */
  readonly function?: string;
  /** Says what would be sent, and sends nothing. */
  readonly dryRun: boolean;
  /** At most so many letters. */
  readonly most: number;
  readonly resetAge: boolean;
}

/** What became of the letters. */
export interface Redriven {
  /** Sent back, or what would be. */
  readonly sent: readonly Letter[];
  readonly stayed: readonly { readonly letter: Letter; readonly why: string }[];
}

/** So many letters are put into order at once. */
const inHand = 500;

/**
 * Sends dead letters back to the queues of their functions, the oldest first. A letter is removed only after it was sent: a death in between sends it
 * twice, with the same id, which its function recognises.
 *
 * @throws RedriveStoppedError when a queue takes nothing; letters that were not sent stay where they are.
 */
export async function redriveDeliveries(
  redrive: Redrive,
  ports: DeliveriesPorts,
): Promise<Redriven> {
  const sent: Letter[] = [];
  const stayed: { readonly letter: Letter; readonly why: string }[] = [];
  const queues = (await ports.queues()).filter(
    (queue) =>
      redrive.function === undefined || [redrive.function, sharedQueue].includes(queue.function),
  );
  for (const queue of queues) {
    const held = new Map<string, HeldMessage>();
    try {
      await redriveQueue(queue, { redrive, ports, held, sent, stayed });
    } catch (cause) {
      throw new RedriveStoppedError(queue.name, sent.length, { cause });
    } finally {
      await released(ports, queue, [...held.values()]);
    }
  }
  return { sent, stayed };
}

/** What cannot be released comes back by itself within ten minutes. */
async function released(
  ports: DeliveriesPorts,
  queue: DeadLetterQueue,
  messages: readonly HeldMessage[],
): Promise<void> {
  await ports.release(queue, messages).catch(() => undefined);
}

interface Run {
  readonly redrive: Redrive;
  readonly ports: DeliveriesPorts;
  /** What nobody else sees until it is released. */
  readonly held: Map<string, HeldMessage>;
  readonly sent: Letter[];
  readonly stayed: { readonly letter: Letter; readonly why: string }[];
}

async function redriveQueue(queue: DeadLetterQueue, run: Run): Promise<void> {
  const { redrive, ports, held, sent } = run;
  while (sent.length < redrive.most) {
    const letters = await receiveLetters(ports, queue, inHand);
    if (letters.length === 0) return;
    for (const { held: message } of letters) held.set(message.messageId, message);
    for (const letter of letters.filter((one) => isWanted(one, redrive)).toSorted(inTime)) {
      if (sent.length < redrive.most) await sendLetter(queue, letter, run);
    }
  }
}

async function sendLetter(queue: DeadLetterQueue, letter: Letter, run: Run): Promise<void> {
  const { redrive, ports, held, sent, stayed } = run;
  const sending = { now: ports.clock(), resetAge: redrive.resetAge };
  const why = reasonToStay(letter, sending);
  if (why !== undefined) {
    stayed.push({ letter, why });
    return;
  }
  if (!redrive.dryRun) {
    for (const message of messagesOf(letter, sending)) await ports.send(message);
    await ports.remove(queue, letter.held);
    held.delete(letter.held.messageId);
  }
  sent.push(letter);
}

function isWanted(letter: Letter, redrive: Redrive): boolean {
  return redrive.function === undefined || letter.function === redrive.function;
}

/** A dead-letter queue keeps no order; what lies in it says when it was made. */
function inTime(one: Letter, other: Letter): number {
  const [a, b] = [timeOf(one), timeOf(other)];
  return a < b ? -1 : Number(a > b);
}

function timeOf(letter: Letter): string {
  return `${sinceOf(factsOfLetter(letter)) ?? ''}|${letter.held.sentAt}`;
}

/** What was done, as people read it. */
export function redrivenText({ sent, stayed }: Redriven, dryRun: boolean, width?: number): string {
  const done = dryRun ? 'would be sent back' : 'sent back';
  const lines = [`${counted(sent.length, 'letter')} ${done}, ${stayed.length} not.`];
  if (stayed.length > 0) {
    const rows = stayed.map(({ letter, why }) => [
      letter.function,
      escapeText(letter.reason.name, 60),
      escapeText(factsOfLetter(letter).id ?? letter.held.messageId, 60),
      why,
    ]);
    const headings = ['FUNCTION', 'REASON', 'ID', 'WHY IT STAYS'];
    lines.push('', fitColumns(headings, rows, { ...(width !== undefined && { width }) }));
  }
  return lines.join('\n');
}
