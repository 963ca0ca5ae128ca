import { type Asked, nothing, together } from './asked.ts';
import { readEventBridgeEvent } from './event-bridge-event.ts';
import { readOwnMessage } from './own-message.ts';
import { Part } from './part.ts';
import { isS3TestEvent, readS3Record } from './s3-notification.ts';

/** How many envelopes may lie in one another: a dead letter of a batch of SQS with notifications of SNS has four. */
const mostEnvelopes = 8;

/** What is known of a part from what it lay in. */
interface Within {
  readonly depth: number;
  /** From a topic, on which others may speak: only events of S3 count. */
  readonly fromTopic: boolean;
}

/**
 * Reads what a message of the detector's queue asks for, in whatever envelopes it comes: an S3 notification as it is, by SNS, by SQS or by
 * EventBridge, S3's test event, a message of Riposte's own, and all of them out of a dead-letter queue.
 *
 * @param body the parsed message
 * @throws MalformedEventError naming the first wrong field, where it is none of these.
 */
export function readMessage(body: unknown): Asked {
  return read(new Part(body), { depth: 0, fromTopic: false });
}

function read(part: Part, within: Within): Asked {
  if (within.depth > mostEnvelopes) return part.fail();
  const inside = { ...within, depth: within.depth + 1 };
  const envelope = envelopes.find(({ isIt }) => isIt(part));
  if (envelope) return read(envelope.open(part), { ...inside, ...envelope.marks });
  if (part.has('riposte')) return within.fromTopic ? part.fail() : readOwnMessage(part);
  if (isS3TestEvent(part)) return nothing;
  if (part.has('Records')) {
    return together(
      part
        .member('Records')
        .items()
        .map((record) => readRecord(record, inside)),
    );
  }
  return part.has('detail-type') ? readEventBridgeEvent(part) : part.fail();
}

/** Records say by whom they are; S3's say it as SQS's do, SNS's with a capital letter. */
function readRecord(record: Part, within: Within): Asked {
  const source = record.member('eventSource').value ?? record.member('EventSource').value;
  switch (source) {
    case 'aws:s3':
      return readS3Record(record);
    case 'aws:sqs':
      return read(record.member('body').json(), within);
    case 'aws:sns':
      return read(record.member('Sns').member('Message').json(), { ...within, fromTopic: true });
    default:
      return record.member('eventSource').fail();
  }
}

/** Something that another message lies in. */
interface Envelope {
  isIt(part: Part): boolean;
  /** @throws MalformedEventError where what lies in it cannot be had. */
  open(part: Part): Part;
  readonly marks?: Partial<Within>;
}

const envelopes: readonly Envelope[] = [
  {
    // What a function of Riposte put into its dead-letter queue. The text of a message is still a text.
    isIt: (part) =>
      part.has('error') && part.has('source') && (part.has('body') || part.has('bodyCut')),
    open: (part) => textOrPart(part.member('body')),
  },
  {
    // What Lambda sends to an on-failure destination.
    isIt: (part) => part.has('requestContext') && part.has('requestPayload'),
    open: (part) => part.member('requestPayload'),
  },
  {
    // A notification of a topic; one that asks to confirm a subscription is for a person.
    isIt: (part) => part.member('Type').value === 'Notification' && part.has('Message'),
    open: (part) => part.member('Message').json(),
    marks: { fromTopic: true },
  },
];

function textOrPart(part: Part): Part {
  return typeof part.value === 'string' ? part.json() : part;
}
