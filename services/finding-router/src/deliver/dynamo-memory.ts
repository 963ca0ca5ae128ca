import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { digest } from '../digest.ts';
import { StaleDeliveryError } from '../errors.ts';
import { readMessage } from '../read-message.ts';
import type { Delivered, DeliveryMemory, Thread, TicketMemory } from './ports.ts';

/** The router's table. */
export interface MemoryOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  clock(): Date;
}

/** Longer than a dead letter is kept: what is sent again from there is recognised. */
const receiptDays = 30;
/** As long as findings are remembered. */
const memoryDays = 400;

/**
 * `DeliveryMemory` in DynamoDB: `delivery#ID` / `receipt`, `thread#CHANNEL#GROUP` / `thread`, `ticket#CHANNEL#KEY` / `ticket`.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function dynamoMemory({ client, tableName, clock }: MemoryOptions): DeliveryMemory {
  const expiry = (days: number) => Math.floor(clock().getTime() / 1000) + days * 86_400;

  async function read(key: ItemKey): Promise<Record<string, unknown> | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(key), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  }

  return {
    async isDone(id) {
      const item = await read(receiptKey(id));
      // DynamoDB may keep an expired item for days.
      return Number(item?.expiresAt ?? 0) > clock().getTime() / 1000;
    },
    async thread(channel, groupKey) {
      const item = await read(threadKey({ channel, groupKey }));
      return item && readMessage(threadSchema, item);
    },
    async ticket(channel, ticketKey) {
      const item = await read(ticketKeyOf({ channel, ticketKey }));
      return item && readMessage(ticketSchema, item);
    },
    async keep(delivered) {
      const { thread: _thread, ticket: _ticket, ...receipt } = delivered;
      const put = (key: ItemKey, item: object, days: number) => ({
        TableName: tableName,
        Item: marshall({ ...key, ...item, expiresAt: expiry(days) }, plain),
      });
      const receiptPut = put(receiptKey(receipt.id), receipt, receiptDays);
      const built = builtOn(delivered);
      if (!built) {
        await client.send(new PutItemCommand(receiptPut));
        return;
      }
      const { key, item } = built;
      const memoryPut = { ...put(key, item, memoryDays), ...versionBefore(item.version) };
      try {
        await client.send(
          new TransactWriteItemsCommand({
            TransactItems: [{ Put: receiptPut }, { Put: memoryPut }],
          }),
        );
      } catch (cause) {
        throw isOvertaken(cause) ? new StaleDeliveryError(receipt.id, { cause }) : cause;
      }
    },
  };
}

interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

const plain = { removeUndefinedValues: true } as const;

function receiptKey(id: string): ItemKey {
  return { pk: `delivery#${id}`, sk: 'receipt' };
}

function threadKey({ channel, groupKey }: Pick<Thread, 'channel' | 'groupKey'>): ItemKey {
  return { pk: `thread#${channel}#${digest(groupKey)}`, sk: 'thread' };
}

function ticketKeyOf({ channel, ticketKey }: Pick<TicketMemory, 'channel' | 'ticketKey'>): ItemKey {
  return { pk: `ticket#${channel}#${ticketKey}`, sk: 'ticket' };
}

function builtOn({ thread, ticket }: Pick<Delivered, 'thread' | 'ticket'>) {
  if (thread) return { key: threadKey(thread), item: thread };
  return ticket && { key: ticketKeyOf(ticket), item: ticket };
}

function versionBefore(version: number) {
  if (version === 1) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':before': version - 1 }),
  };
}

function isOvertaken(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed')
  );
}

const text = z.string();
const seconds = z.record(text, z.number());
const threadSchema: z.ZodType<Thread> = z.object({
  version: z.number(),
  channel: text,
  groupKey: text,
  reference: text.exactOptional(),
  ended: z.boolean(),
});
const ticketSchema: z.ZodType<TicketMemory> = z.object({
  version: z.number(),
  channel: text,
  ticketKey: text,
  reference: text.exactOptional(),
  url: text.exactOptional(),
  open: seconds,
  ended: seconds,
});
