import { digest } from '@riposte/findings';
import { type Facts, factsOf, isDelivery, orderGroupOf, sinceOf } from './delivery-facts.ts';
import type { SentBack } from './ports.ts';
import type { Letter, Original } from './read-letter.ts';

/** When and how letters are sent back. */
export interface SendingBack {
  readonly now: Date;
  /** Lets deliveries begin a new life that were given up for their age. */
  readonly resetAge: boolean;
}

/** As long as functions try to deliver, unless a deployment says otherwise (DELIVERY_GIVE_UP_HOURS). */
const giveUpMilliseconds = 6 * 3_600_000;

/** Why a letter stays where it is; undefined where it can be sent back. */
export function reasonToStay(letter: Letter, { now, resetAge }: SendingBack): string | undefined {
  if (letter.problem !== undefined) return letter.problem;
  if (letter.queue === undefined) return 'no queue leads to this function';
  const isOld = letter.originals.some((original) => isTooOld(factsOf(original), now));
  const isGivenUp = letter.reason.name === 'DeliveryExpiredError' || isOld;
  if (!isGivenUp || resetAge) return undefined;
  return 'it is too old, and would be given up again: --reset-age';
}

/** The messages that go back: body, id and group as they were. A queue forgets ids only after five minutes, so that the time is added to them. */
export function messagesOf(letter: Letter, sending: SendingBack): readonly SentBack[] {
  const { queue, originals } = letter;
  return queue === undefined ? [] : originals.map((original) => sentBack(queue, original, sending));
}

function sentBack(queue: string, original: Original, { now, resetAge }: SendingBack): SentBack {
  const facts = factsOf(original);
  const body = resetAge && isDelivery(facts) ? withFreshAge(original.body, now) : original.body;
  if (!queue.endsWith('.fifo')) return { queue, body };
  const id = (facts.id ?? digest(original.body)).replace(/[^\w-]/g, '_').slice(0, 100);
  const group = original.group ?? orderGroupOf(facts);
  return { queue, body, group, deduplication: `${id}-${now.getTime().toString(36)}` };
}

/** What it says of its time stays true. */
function withFreshAge(body: string, now: Date): string {
  const message: unknown = JSON.parse(body);
  return JSON.stringify({ ...Object(message), redrivenAt: now.toISOString() });
}

function isTooOld(facts: Facts, now: Date): boolean {
  if (!isDelivery(facts)) return false;
  return now.getTime() - Date.parse(sinceOf(facts) ?? '') >= giveUpMilliseconds;
}
