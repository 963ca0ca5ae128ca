import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { StaleStateError } from '../errors.ts';

/** An item's members, its key among them. */
export type Item = Readonly<Record<string, unknown>>;

/** The key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item that is written on condition that the stored one has this version; 0: that there is none. */
export interface Versioned {
  readonly key: Key;
  readonly item: Item;
  readonly onVersion: number;
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
  put(key: Key, item: Item): Promise<void>;
  remove(key: Key): Promise<void>;
  /** Sets members of an item; those that are undefined are taken away. False where a condition does not hold. */
  set(key: Key, members: Item, change?: Change): Promise<boolean>;
  /** @throws StaleStateError when one of them is not as expected: then none is written. */
  putVersioned(items: readonly Versioned[]): Promise<void>;
  /** All items of a partition. */
  query(pk: string): Promise<readonly Item[]>;
  /** Items of a partition of the index of what is due, the oldest first, and so many at most. */
  due(duePk: string, by: string, limit: number): Promise<readonly Item[]>;
}

const plain = { removeUndefinedValues: true } as const;

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
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async putVersioned(items: readonly Versioned[]): Promise<void> {
    const puts = items.map(({ key, item, onVersion }) => ({
      TableName: this.#name,
      Item: marshall({ ...item, ...key }, plain),
      ...(onVersion === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: marshall({ ':version': onVersion }),
          }),
    }));
    const [first, ...more] = puts;
    if (!first) return;
    try {
      await (more.length === 0
        ? this.#client.send(new PutItemCommand(first))
        : this.#client.send(
            new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) }),
          ));
    } catch (cause) {
      if (!isStale(cause)) throw cause;
      throw new StaleStateError(items.map(({ key }) => key.pk).join(', '), { cause });
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

function updateOf(members: Item, { onVersion, ifThere }: Change) {
  const names = Object.keys(members);
  const given = names.filter((name) => members[name] !== undefined);
  const gone = names.filter((name) => members[name] === undefined);
  const sets = given.map((name) => `#${name} = :${name}`).join(', ');
  const removes = gone.map((name) => `#${name}`).join(', ');
  const values: Record<string, unknown> = Object.fromEntries(
    given.map((name) => [`:${name}`, members[name]]),
  );
  const conditions: string[] = [];
  if (ifThere) conditions.push('attribute_exists(pk)');
  if (onVersion !== undefined) {
    conditions.push('#version = :onVersion');
    names.push('version');
    values[':onVersion'] = onVersion;
  }
  return {
    UpdateExpression: `${sets && `SET ${sets}`} ${removes && `REMOVE ${removes}`}`.trim(),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshall(values, plain) }),
    ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }),
  };
}

function isStale(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = new Set((error.CancellationReasons ?? []).map(({ Code }) => Code));
  return codes.has('ConditionalCheckFailed') || codes.has('TransactionConflict');
}
