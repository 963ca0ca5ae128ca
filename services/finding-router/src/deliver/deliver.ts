import { isPermanent, type QueueMessage } from '@riposte/lambda';
import type { ChannelType } from '@riposte/rules';
import type { Receipt, Sender } from '../delivery.ts';
import { ChannelPausedError, DeliveryPostponedError } from '../errors.ts';
import { measureBy, namesOf } from '../measure-by.ts';
import { type ChannelOf, channelNamed } from './channel-named.ts';
import { later, refuseExpired } from './delay.ts';
import type { Deliverable, DeliveryKind } from './delivery-kinds.ts';
import type { DeliverPorts } from './ports.ts';
import { sendWithSecret } from './send-with-secret.ts';

export interface DeliverOptions<TMessage, TType extends ChannelType> {
  readonly kind: DeliveryKind<TMessage>;
  readonly channelType: TType;
  readonly sender: Sender<TMessage, ChannelOf<TType>>;
  readonly ports: DeliverPorts;
}

/**
 * Sends the messages of one type of channels, each once: what has a receipt is not sent again. A function that dies after a message was sent and
 * before its receipt was written sends it once more, with the same id. Channels that are down or busy are left alone for a while, and their messages
 * wait; a message that waited too long is given up.
 *
 * @throws what `queueHandler` postpones (`retryAfterSeconds`) or puts into the dead-letter queue (`retryable: false`).
 * @example
 * export const handler = queueHandler(inOrder(deliver({ kind: tickets, channelType: 'jira', sender, ports })));
 */
export function deliver<TMessage extends Deliverable, TType extends ChannelType>(
  options: DeliverOptions<TMessage, TType>,
): (message: QueueMessage) => Promise<void> {
  const { kind, channelType, ports } = options;
  const { memory, measure } = ports;
  const dimensions = { channelType };
  const count = (name: string) => measure({ name, value: 1, unit: 'Count', dimensions });

  return async ({ body, receiveCount }) => {
    const { message, since } = kind.read(body);
    const channel = channelNamed(message.channel, channelType, ports);
    const attempt = { channel: channel.name, since, receiveCount };
    try {
      if (await memory.isDone(message.id)) return count('DuplicateDeliveries');
      refuseExpired(attempt, ports);
      const isTold = await deliverNew(message, channel, options);
      if (!isTold) return count('ObsoleteDeliveries');
    } catch (error) {
      if (!(error instanceof ChannelPausedError)) count('DeliveryFailures');
      throw later(error, attempt, ports);
    }
    measureDelivered(message, options);
  };
}

function measureDelivered<TMessage extends Deliverable, TType extends ChannelType>(
  message: TMessage,
  { kind, channelType, ports }: DeliverOptions<TMessage, TType>,
): void {
  const { id, channel, at } = message;
  const age = Math.max(0, ports.clock().getTime() - Date.parse(at));
  const findings = kind.findingsOf(message);
  const whose = {
    rules: namesOf(findings.map(({ rule }) => rule)),
    owners: namesOf(findings.map(({ owner, team }) => owner ?? team)),
  };
  const dimensions = { channelType };
  measureBy({ name: 'Delivered', value: 1, unit: 'Count', dimensions }, whose, ports);
  const measured = { name: 'AgeAtDelivery', value: age, unit: 'Milliseconds', dimensions } as const;
  measureBy(measured, whose, ports);
  ports.log({ id, channel, channelType, ...whose, age });
}

/** False where there was nothing to tell any more. */
async function deliverNew<TMessage extends Deliverable, TType extends ChannelType>(
  message: TMessage,
  channel: ChannelOf<TType>,
  { kind, sender, ports }: DeliverOptions<TMessage, TType>,
): Promise<boolean> {
  const { memory, clock } = ports;
  const { message: planned, remember } = await kind.plan(message, memory);
  const keep = (receipt: Receipt) => {
    const { begins: _, ...told } = receipt;
    return memory.keep({
      id: message.id,
      channel: channel.name,
      ...told,
      at: clock().toISOString(),
      ...remember(receipt),
    });
  };
  if (!planned) {
    await keep({});
    return false;
  }
  const ask = await sendWithSecret(channel, ports.secrets);
  await inTurn(channel.name, ports, {
    send: () => ask((secret) => sender(planned, channel, secret)),
    keep,
  });
  return true;
}

interface Exchange {
  send(): Promise<Receipt>;
  keep(receipt: Receipt): Promise<void>;
}

/** The receipt is written first of all: until then, a death means a repeat. */
async function inTurn(
  channel: string,
  { health }: Pick<DeliverPorts, 'health'>,
  { send, keep }: Exchange,
): Promise<void> {
  const turn = await health.admit(channel);
  let receipt: Receipt;
  try {
    receipt = await send();
  } catch (error) {
    const pause = await health.failed(turn, error);
    if (pause === undefined || isPermanent(error)) throw error;
    throw new DeliveryPostponedError(channel, pause, { cause: error });
  }
  try {
    await keep(receipt);
  } finally {
    await health.worked(turn);
  }
}
