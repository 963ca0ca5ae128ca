import type { EvidencePointer, ResponseRecord } from '@riposte/findings';
import { DeliveryError } from './errors.ts';
import { evidenceKey } from './evidence-object.ts';
import { storedForm } from './stored-form.ts';

/** One place that a concluded record leaves for, besides the evidence bucket. */
export type OutboxChannel = 'bus' | 'message';

/** An evidence object, written now or before. */
export interface Written {
  readonly isNew: boolean;
  readonly pointer: EvidencePointer;
}

/** What the outbox needs from the outside. */
export interface OutboxPorts {
  readonly evidence: {
    /** Writes the object unless it is there. */
    putOnce(key: string, record: ResponseRecord): Promise<Written>;
  };
  readonly bus: { send(record: ResponseRecord, evidence: EvidencePointer): Promise<void> };
  readonly messages: { send(record: ResponseRecord): Promise<void> };
  readonly marks: {
    /** Channels that this revision has left by already. */
    sent(id: string, revision: number): Promise<readonly OutboxChannel[]>;
    mark(id: string, revision: number, channels: readonly OutboxChannel[]): Promise<void>;
  };
}

/** What one pass of the outbox sent. `repeated` tells a pass that somebody had begun before. */
export interface Sent {
  readonly channels: readonly OutboxChannel[];
  readonly repeated: boolean;
}

/**
 * Lets a concluded record leave: evidence first, whose write-once object is the gate, then the bus and people. What is too large for
 * these leaves as a summary; the evidence is the whole.
 * The commit of the ordinary pass is the stream's checkpoint. A channel that fails marks those that took the record, and the error goes to
 * the stream, which retries; so something is sent twice only when the function died between a send and that commit.
 *
 * @throws DeliveryError when a channel did not take the record; retrying helps.
 * @example
 * const send = createOutbox(ports);
 * await send(record);
 */
export function createOutbox(ports: OutboxPorts): (record: ResponseRecord) => Promise<Sent> {
  return async (record) => {
    const { isNew: first, pointer } = await ports.evidence.putOnce(evidenceKey(record), record);
    const before = first ? [] : await ports.marks.sent(record.id, record.revision);
    const wanted = channelsOf(record).filter((channel) => !before.includes(channel));
    const { record: sent } = storedForm(record);
    const sending = {
      bus: () => ports.bus.send(sent, pointer),
      message: () => ports.messages.send(sent),
    };
    const results = await Promise.all(wanted.map((channel) => attempt(channel, sending[channel])));
    const failed = results.find((result) => 'error' in result);
    const channels = results.flatMap((result) => ('error' in result ? [] : [result.channel]));
    if (failed) {
      await ports.marks.mark(record.id, record.revision, [...before, ...channels]);
      throw new DeliveryError(failed.channel, { cause: failed.error });
    }
    if (!first) await ports.marks.mark(record.id, record.revision, [...before, ...channels]);
    return { channels, repeated: !first };
  };
}

function channelsOf(record: ResponseRecord): readonly OutboxChannel[] {
  return record.message ? ['bus', 'message'] : ['bus'];
}

type Attempt =
  | { readonly channel: OutboxChannel }
  | { readonly channel: OutboxChannel; readonly error: unknown };

async function attempt(channel: OutboxChannel, send: () => Promise<void>): Promise<Attempt> {
  try {
    await send();
    return { channel };
  } catch (error) {
    return { channel, error };
  }
}
