import { setTimeout as wait } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { isStale, onVersionBefore, plain, updateOf } from './table-expressions.ts';

/** An item's members, its key among them. */
export type Item = Readonly<Record<string, unknown>>;

/** The key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item to be written. */
export interface Versioned {
  readonly key: Key;
  readonly item: Item;
  /** The stored item has this version; 0: there is none; absent: whatever is stored. */
  readonly onVersion?: number;
  /** Or it was deleted meanwhile. */
  readonly orGone?: true;
}

/** Under which conditions an item is changed. */
export interface Change {
  /** The stored item has this version. */
  readonly onVersion?: number;
  /** The item is there: one that was deleted meanwhile does not come back as a part of itself. */
  readonly ifThere?: true;
}

/** Few words for what the router does with its table. Reads are consistent, but those of what is due. */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** Those of these items that are there, in any order. */
  getAll(keys: readonly Key[]): Promise<readonly Item[]>;
  put(key: Key, item: Item): Promise<void>;
  remove(key: Key): Promise<void>;
  /** Sets members of an item; those that are undefined are taken away. False where a condition does not hold. */
  set(key: Key, members: Item, change?: Change): Promise<boolean>;
  /** Writes all of them; false, and none, where one is not as expected. */
  putAll(items: readonly Versioned[]): Promise<boolean>;
  /** All items of a partition. */
  query(pk: string): Promise<readonly Item[]>;
  /** Items of a partition of the index of what is due, the oldest first, and so many at most. */
  due(duePk: string, by: string, limit: number): Promise<readonly Item[]>;
}

/** So many items are read at once. */
const mostKeys = 100;

/** Milliseconds before DynamoDB is asked again for keys that it left out, which it does while it throttles. */
const longestWait = 1_000;

/** When an item expires that is kept for so many days: in seconds since 1970, as DynamoDB wants it. */
export function expiryAfter(days: number, now: Date): number {
  return Math.floor(now.getTime() / 1000) + days * 86_400;
}

/** `Table` in DynamoDB. */
export class DynamoTable implements Table {
  readonly #client: DynamoDBClient;
  readonly #name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async get(key: Key): Promise<Item | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#name, Key: marshall(key), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  }

  async getAll(keys: readonly Key[]): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (let at = 0; at < keys.length; at += mostKeys) {
      let asked = keys.slice(at, at + mostKeys).map((key) => marshall(key));
      for (let attempt = 0; asked.length > 0; attempt += 1) {
        if (attempt > 0) await wait(Math.random() * Math.min(longestWait, 25 * 2 ** attempt));
        const RequestItems = { [this.#name]: { Keys: asked, ConsistentRead: true } };
        const answer = await this.#client.send(new BatchGetItemCommand({ RequestItems }));
        items.push(...(answer.Responses?.[this.#name] ?? []).map((item) => unmarshall(item)));
        asked = answer.UnprocessedKeys?.[this.#name]?.Keys ?? [];
      }
    }
    return items;
  }

  async put(key: Key, item: Item): Promise<void> {
    await this.#client.send(
      new PutItemCommand({ TableName: this.#name, Item: marshall({ ...item, ...key }, plain) }),
    );
  }

  async remove(key: Key): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: this.#name, Key: marshall(key) }));
  }

  async set(key: Key, members: Item, change: Change = {}): Promise<boolean> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#name,
          Key: marshall(key),
          ...updateOf(members, change),
        }),
      );
      return true;
    } catch (error) {
      if (isStale(error)) return false;
      throw error;
    }
  }

  async putAll(items: readonly Versioned[]): Promise<boolean> {
    const puts = items.map(({ key, item, ...condition }) => ({
      TableName: this.#name,
      Item: marshall({ ...item, ...key }, plain),
      ...onVersionBefore(condition),
    }));
    const [first, ...more] = puts;
    if (!first) return true;
    try {
      await (more.length === 0
        ? this.#client.send(new PutItemCommand(first))
        : this.#client.send(
            new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) }),
          ));
      return true;
    } catch (error) {
      if (isStale(error)) return false;
      throw error;
    }
  }

  query(pk: string): Promise<readonly Item[]> {
    return this.#queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshall({ ':pk': pk }),
      ConsistentRead: true,
    });
  }

  due(duePk: string, by: string, limit: number): Promise<readonly Item[]> {
    return this.#queryAll(
      {
        IndexName: 'byDue',
        KeyConditionExpression: 'duePk = :pk AND dueAt <= :at',
        ExpressionAttributeValues: marshall({ ':pk': duePk, ':at': by }),
      },
      limit,
    );
  }

  async #queryAll(
    query: Omit<QueryCommandInput, 'TableName'>,
    limit?: number,
  ): Promise<readonly Item[]> {
    const items: Item[] = [];
    let start: QueryCommandInput['ExclusiveStartKey'];
    do {
      const { Items = [], LastEvaluatedKey } = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          ...query,
          ...(limit !== undefined && { Limit: limit - items.length }),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      items.push(...Items.map((item) => unmarshall(item)));
      start = LastEvaluatedKey;
    } while (start && (limit === undefined || items.length < limit));
    return items;
  }
}
