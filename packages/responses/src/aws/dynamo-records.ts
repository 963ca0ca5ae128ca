import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ResponseRecord } from '@riposte/findings';
import { StaleRecordError } from '../errors.ts';
import type { Clock, ListQuery, ResponseRecords } from '../ports.ts';
import { readStoredRecord } from '../stored-record.ts';
import { claimRecord } from './claim-record.ts';
import { attributeValues, expiryOf, recordKey } from './record-item.ts';

/** Where the records are. */
export interface DynamoRecordsOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/**
 * `ResponseRecords` on the state table: item `record#ID`, listed by the index `byTime`, by resource through `byResource`.
 *
 * @example
 * const records = dynamoRecords({ client, tableName: process.env.STATE_TABLE_NAME, clock: () => new Date() });
 */
export function dynamoRecords(options: DynamoRecordsOptions): ResponseRecords {
  const { client, tableName: TableName } = options;
  return {
    claim: (record, leaseSeconds) => claimRecord(options, record, leaseSeconds),
    async conclude(record) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName,
            Key: attributeValues(recordKey(record.id)),
            UpdateExpression:
              'SET #record = :record, revision = :revision, #status = :status REMOVE leaseUntil',
            ConditionExpression: 'revision = :before',
            ExpressionAttributeNames: { '#record': 'record', '#status': 'status' },
            ExpressionAttributeValues: attributeValues({
              ':record': record,
              ':revision': record.revision,
              ':status': record.status,
              ':before': record.revision - 1,
            }),
          }),
        );
      } catch (cause) {
        if (cause instanceof ConditionalCheckFailedException)
          throw new StaleRecordError(record.id, { cause });
        throw cause;
      }
    },
    async get(id) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName,
          Key: attributeValues(recordKey(id)),
          ConsistentRead: true,
        }),
      );
      return Item && readStoredRecord(unmarshall(Item).record);
    },
    list: (query) => list(options, query),
    onResource: (resourceArn, since) =>
      query(options, {
        IndexName: 'byResource',
        KeyConditionExpression: 'resourcePk = :pk AND claimedAt >= :since',
        ExpressionAttributeValues: attributeValues({
          ':pk': `resource#${resourceArn}`,
          ':since': since,
        }),
      }),
    async linkFinding(id, findingKey) {
      const Item = attributeValues({
        pk: `record#${id}`,
        sk: `finding#${findingKey}`,
        expiresAt: expiryOf(options.clock()),
      });
      return putNew(client, { TableName, Item });
    },
  };
}

function list(
  options: DynamoRecordsOptions,
  wanted: ListQuery,
): Promise<readonly ResponseRecord[]> {
  const since = wanted.since ?? '';
  return query(options, {
    IndexName: 'byTime',
    KeyConditionExpression: 'listPk = :pk AND listSk >= :since',
    ExpressionAttributeValues: attributeValues({ ':pk': 'records', ':since': since || '0' }),
    ScanIndexForward: false,
  }).then((records) =>
    records
      .filter(({ service }) => wanted.service === undefined || service === wanted.service)
      .filter(({ status }) => wanted.status === undefined || status === wanted.status)
      .slice(0, wanted.limit),
  );
}

type IndexQuery = Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'>;

async function query(
  options: DynamoRecordsOptions,
  wanted: IndexQuery,
): Promise<readonly ResponseRecord[]> {
  const found: ResponseRecord[] = [];
  let start: ConstructorParameters<typeof QueryCommand>[0]['ExclusiveStartKey'];
  do {
    const page = await options.client.send(
      new QueryCommand({ TableName: options.tableName, ...wanted, ExclusiveStartKey: start }),
    );
    found.push(...(page.Items ?? []).map((item) => readStoredRecord(unmarshall(item).record)));
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}

async function putNew(
  client: DynamoDBClient,
  input: { readonly TableName: string; readonly Item: ReturnType<typeof attributeValues> },
): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({ ...input, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
