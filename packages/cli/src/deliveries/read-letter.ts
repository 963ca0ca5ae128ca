import * as z from 'zod';
import type { DeadLetterQueue, HeldMessage } from './ports.ts';
import { functionFedBy, queueNameFor, sharedQueue } from './router-queues.ts';

/** Why something lies in a dead-letter queue. */
export interface Reason {
  readonly name: string;
  readonly message: string;
  /** The field or setting that is wrong. */
  readonly path?: string;
}

/** What a function was to deal with. */
export interface Original {
  readonly body: string;
  readonly group?: string;
}

/** A dead letter, whoever sent it. */
export interface Letter {
  /** Who put it there: the function itself, Lambda, EventBridge, or the queue that the message came from. */
  readonly from: 'function' | 'lambda' | 'eventbridge' | 'queue';
  readonly function: string;
  readonly reason: Reason;
  readonly held: HeldMessage;
  /** Where it can go back to; undefined where no queue leads there. */
  readonly queue?: string;
  readonly originals: readonly Original[];
  /** Why it cannot be sent back. */
  readonly problem?: string;
}

const text = z.string();
const ownLetter = z.object({
  body: z.unknown().optional(),
  bodyCut: text.optional(),
  bodyBytes: z.number().optional(),
  error: z.object({ name: text, message: text, path: text.exactOptional() }),
  source: z.record(text, text),
});
const onFailure = z.object({
  requestContext: z.object({ functionArn: text.default(''), condition: text }),
  requestPayload: z.unknown().optional(),
  responsePayload: z
    .object({ errorType: text.exactOptional(), errorMessage: text.exactOptional() })
    .nullish()
    .catch(null),
});
const records = z.object({
  Records: z.array(
    z.object({
      body: text,
      attributes: z.object({ MessageGroupId: text.exactOptional() }).default({}),
    }),
  ),
});

/** Reads a message of a dead-letter queue: four kinds of senders, four envelopes. */
export function readLetter(stage: string, queue: DeadLetterQueue, held: HeldMessage): Letter {
  const base = { held, function: queue.function };
  const back = queueNameFor(stage, queue.function);
  const returns = back === undefined ? { problem: noQueue } : { queue: back };
  const value = parsed(held.body);
  const own = ownLetter.safeParse(value);
  if (own.success) return { ...base, ...returns, ...fromFunction(own.data) };
  const failed = onFailure.safeParse(value);
  if (failed.success) return { ...base, ...returns, ...fromLambda(failed.data) };
  if (held.attributes.TARGET_ARN !== undefined) return { ...base, ...fromEventBridge(held) };
  return { ...base, ...fromQueue(stage, held, queue) };
}

const noQueue = 'no queue leads to this function';
const aTick = 'it is a tick of a schedule: the next one does the same';

function fromFunction({ body, bodyCut, bodyBytes, error, source }: z.infer<typeof ownLetter>) {
  const common = { from: 'function', reason: error } as const;
  if (bodyCut !== undefined) {
    const problem = `the letter holds only the beginning of its ${bodyBytes ?? '?'} bytes`;
    return { ...common, originals: [], problem };
  }
  const original = typeof body === 'string' ? body : JSON.stringify(body ?? null);
  return { ...common, originals: [{ body: original, ...groupOf(source.group) }] };
}

function fromLambda({
  requestContext,
  requestPayload,
  responsePayload,
}: z.infer<typeof onFailure>) {
  const { errorType = requestContext.condition, errorMessage = '' } = responsePayload ?? {};
  const common = { from: 'lambda', reason: { name: errorType, message: errorMessage } } as const;
  if (isTick(requestPayload)) return { ...common, originals: [], problem: aTick };
  const batch = records.safeParse(requestPayload);
  const originals: readonly Original[] = batch.success
    ? batch.data.Records.map(({ body, attributes }) => ({
        body,
        ...groupOf(attributes.MessageGroupId),
      }))
    : [{ body: JSON.stringify(requestPayload ?? null) }];
  return { ...common, originals };
}

function fromEventBridge({ attributes, body }: HeldMessage) {
  const { TARGET_ARN = '', ERROR_CODE = 'unknown', ERROR_MESSAGE = '' } = attributes;
  const reason = { name: ERROR_CODE, message: ERROR_MESSAGE };
  const common = { from: 'eventbridge', reason, originals: [{ body }] } as const;
  if (isTick(parsed(body))) return { ...common, problem: aTick };
  const [, , service, , , queue] = TARGET_ARN.split(':');
  return service === 'sqs' && queue ? { ...common, queue } : { ...common, problem: noQueue };
}

/** SQS names the queue that it moved a message from; where only one leads to the function, it is that one. */
function fromQueue(stage: string, { body, group, movedFrom }: HeldMessage, dead: DeadLetterQueue) {
  const reason = { name: 'ReceivedTooOften', message: 'no function could deal with it' };
  const common = { from: 'queue', reason, originals: [{ body, ...groupOf(group) }] } as const;
  const queue = movedFrom ?? queueNameFor(stage, dead.function);
  if (queue === undefined) {
    const isShared = dead.function === sharedQueue;
    return { ...common, problem: isShared ? 'SQS does not say where it comes from' : noQueue };
  }
  const fed = functionFedBy(stage, queue);
  return { ...common, queue, ...(fed !== undefined && { function: fed }) };
}

function groupOf(group: string | undefined): { readonly group?: string } {
  return group === undefined ? {} : { group };
}

function isTick(value: unknown): boolean {
  return z.object({ 'detail-type': z.literal('Scheduled Event') }).safeParse(value).success;
}

function parsed(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}
