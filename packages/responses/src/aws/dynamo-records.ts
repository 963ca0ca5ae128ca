import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ResponseRecord } from '@riposte/findings';
import { StaleRecordError } from '../errors.ts';
import type { Clock, ListQuery, ResponseRecords } from '../ports.ts';
import { storedForm } from '../stored-form.ts';
import { readStoredRecord } from '../stored-record.ts';
import { claimRecord } from './claim-record.ts';
import { findingLinks } from './finding-links.ts';
import { attributeValues, recordKey } from './record-item.ts';
import { putWhole, wholeRecord } from './whole-items.ts';

/** Where the records are. */
export interface DynamoRecordsOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/**
 * `ResponseRecords` on the state table: item `record#ID`, listed by the index `byTime`, by resource through `byResource`. Of a record
 * over 200 KB the item is a summary, and the whole lies beside it.
 *
 * @example
 * const records = dynamoRecords({ client, tableName: process.env.STATE_TABLE_NAME, clock: () => new Date() });
 */
export function dynamoRecords(options: DynamoRecordsOptions): ResponseRecords {
  const { client, tableName: TableName } = options;
  return {
    claim: (record, leaseSeconds) => claimRecord(options, record, leaseSeconds),
    async conclude(record) {
      const { record: stored, wholeText } = storedForm(record);
      if (wholeText !== undefined) await putWhole(options, record.id, wholeText, options.clock());
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
              ':record': stored,
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
      return Item && wholeRecord(options, readStoredRecord(unmarshall(Item).record));
    },
    list: async (wanted) => wholeRecords(options, await list(options, wanted)),
    async onResource(resourceArn, since) {
      const records = await query(options, {
        IndexName: 'byResource',
        KeyConditionExpression: 'resourcePk = :pk AND claimedAt >= :since',
        ExpressionAttributeValues: attributeValues({
          ':pk': `resource#${resourceArn}`,
          ':since': since,
        }),
      });
      return wholeRecords(options, records);
    },
    ...findingLinks(options),
  };
}

async function list(
  options: DynamoRecordsOptions,
  wanted: ListQuery,
): Promise<readonly ResponseRecord[]> {
  const records = await query(options, {
    IndexName: 'byTime',
    KeyConditionExpression: 'listPk = :pk AND listSk >= :since',
    ExpressionAttributeValues: attributeValues({ ':pk': 'records', ':since': wanted.since || '0' }),
    ScanIndexForward: false,
  });
  return records
    .filter(({ service }) => wanted.service === undefined || service === wanted.service)
    .filter(({ status }) => wanted.status === undefined || status === wanted.status)
    .slice(0, wanted.limit);
}

function wholeRecords(
  options: DynamoRecordsOptions,
  records: readonly ResponseRecord[],
): Promise<readonly ResponseRecord[]> {
  return Promise.all(records.map((record) => wholeRecord(options, record)));
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
