import type {
  DeadLetterQueue,
  DeliveriesPorts,
  HeldMessage,
  SentBack,
} from '../deliveries/ports.ts';
import { functionOfQueue } from '../deliveries/router-queues.ts';
import { now } from './fakes.ts';

const prefix = 'riposte-finding-router-prod-';

/** Dead-letter queues in memory, and what was sent back. */
export interface FakeDeliveries extends DeliveriesPorts {
  readonly sent: SentBack[];
  /** Bodies that lie in the queue of a function, hidden or not. */
  left(name: string): readonly string[];
  /** Bodies that others can see. */
  visible(name: string): readonly string[];
  /** The queue that takes nothing. */
  closed?: string;
}

/** What lies in the queues: by the queue's name without what all names have in front, e.g. `deliver-jira-dlq`. */
export function fakeDeliveries(
  lying: Readonly<Record<string, readonly (object | string)[]>>,
): FakeDeliveries {
  const queues: DeadLetterQueue[] = [];
  const held = new Map<string, { readonly message: HeldMessage; hidden: boolean }[]>();
  for (const [short, letters] of Object.entries(lying)) {
    const name = `${prefix}${short}`;
    queues.push({
      name,
      url: `https://sqs/${name}`,
      function: functionOfQueue('prod', name) ?? '',
    });
    const messages = letters.map((letter, index) => ({
      message: heldMessage(letter, `${short}-${index}`, index),
      hidden: false,
    }));
    held.set(name, messages);
  }
  const of = (queue: string) => held.get(queue) ?? [];
  const bodies = (name: string, isSeen: (hidden: boolean) => boolean) =>
    of(`${prefix}${name}`)
      .filter(({ hidden }) => isSeen(hidden))
      .map(({ message }) => message.body);
  const fake: FakeDeliveries = {
    stage: 'prod',
    sent: [],
    clock: () => now,
    left: (name) => bodies(name, () => true),
    visible: (name) => bodies(name, (hidden) => !hidden),
    queues: async () => queues,
    async receive({ name }) {
      const some = of(name).filter(({ hidden }) => !hidden);
      const few = some.slice(0, 10);
      for (const each of few) each.hidden = true;
      return few.map(({ message }) => message);
    },
    async release({ name }, messages) {
      for (const each of of(name)) if (messages.includes(each.message)) each.hidden = false;
    },
    async remove({ name }, message) {
      held.set(
        name,
        of(name).filter((each) => each.message !== message),
      );
    },
    async send(message) {
      if (message.queue === fake.closed) throw new TypeError('it takes nothing');
      fake.sent.push(message);
    },
  };
  return fake;
}

/** A text is a body; an object with `body` is a whole message; any other is a body in JSON. */
function heldMessage(letter: object | string, id: string, index: number): HeldMessage {
  const rest = { messageId: id, receiptHandle: `receipt-${id}`, attributes: {} };
  const sentAt = new Date(now.getTime() - 3_600_000 + index * 1000).toISOString();
  if (typeof letter === 'string') return { ...rest, sentAt, body: letter };
  if ('held' in letter) return { ...rest, sentAt, body: '', ...Object(letter.held) };
  return { ...rest, sentAt, body: JSON.stringify(letter) };
}
