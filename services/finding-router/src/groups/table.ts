import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { StaleStateError } from '../errors.ts';

type Item = Readonly<Record<string, unknown>>;

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

const plain = { removeUndefinedValues: true } as const;

/** Few words for what the router does with its table. Reads are consistent. */
export class Table {
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

  /** Sets members of an item; those that are undefined are taken away. */
  async set(key: Key, members: Item, onVersion?: number): Promise<boolean> {
    const names = Object.keys(members);
    const given = names.filter((name) => members[name] !== undefined);
    const gone = names.filter((name) => members[name] === undefined);
    const sets =
      given.length > 0 ? `SET ${given.map((name) => `#${name} = :${name}`).join(', ')}` : '';
    const removes = gone.length > 0 ? ` REMOVE ${gone.map((name) => `#${name}`).join(', ')}` : '';
    const values = Object.fromEntries(given.map((name) => [`:${name}`, members[name]]));
    const isVersioned = onVersion !== undefined;
    const allNames = [...names, ...(isVersioned ? ['version'] : [])];
    const allValues = { ...values, ...(isVersioned && { ':onVersion': onVersion }) };
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#name,
          Key: marshall(key),
          UpdateExpression: `${sets}${removes}`,
          ExpressionAttributeNames: Object.fromEntries(allNames.map((name) => [`#${name}`, name])),
          ...(Object.keys(allValues).length > 0 && {
            ExpressionAttributeValues: marshall(allValues, plain),
          }),
          ...(isVersioned && { ConditionExpression: '#version = :onVersion' }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** @throws StaleStateError when one of them is not as expected: then none is written. */
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

  /** All items of a partition, or of a time on the index of what is due. */
  async query(
    pk: string,
    more: { readonly dueBy?: string; readonly limit?: number } = {},
  ): Promise<readonly Item[]> {
    const items: Item[] = [];
    const { dueBy, limit = Number.POSITIVE_INFINITY } = more;
    let start: QueryStart;
    do {
      const { Items = [], LastEvaluatedKey } = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          ...(dueBy === undefined
            ? {
                KeyConditionExpression: 'pk = :pk',
                ExpressionAttributeValues: marshall({ ':pk': pk }),
                ConsistentRead: true,
              }
            : {
                IndexName: 'byDue',
                KeyConditionExpression: 'duePk = :pk AND dueAt <= :at',
                ExpressionAttributeValues: marshall({ ':pk': pk, ':at': dueBy }),
              }),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      items.push(...Items.map((item) => unmarshall(item)));
      start = LastEvaluatedKey;
    } while (start && items.length < limit);
    return items.slice(0, Number.isFinite(limit) ? limit : items.length);
  }
}

type QueryStart = ConstructorParameters<typeof QueryCommand>[0]['ExclusiveStartKey'];

function isStale(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = new Set((error.CancellationReasons ?? []).map(({ Code }) => Code));
  return codes.has('ConditionalCheckFailed') || codes.has('TransactionConflict');
}
