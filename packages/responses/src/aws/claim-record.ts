import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ResponseRecord } from '@riposte/findings';
import type { ClaimResult, Clock } from '../ports.ts';
import { storedForm } from '../stored-form.ts';
import { readStoredRecord } from '../stored-record.ts';
import { attributeValues, expiryOf, recordKey } from './record-item.ts';
import { putWhole, wholeRecord } from './whole-items.ts';

/** The table, and the clock that leases run by. */
export interface ClaimOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/** Claims an incident for this function: see `ResponseRecords.claim`. */
export async function claimRecord(
  options: ClaimOptions,
  record: ResponseRecord,
  leaseSeconds: number,
): Promise<ClaimResult> {
  const { client, tableName: TableName, clock } = options;
  const now = clock();
  const { record: stored, wholeText } = storedForm(record);
  if (wholeText !== undefined) await putWhole(options, record.id, wholeText, now);
  const leaseUntil = new Date(now.getTime() + leaseSeconds * 1000).toISOString();
  const Item = attributeValues({
    ...recordKey(record.id),
    record: stored,
    revision: record.revision,
    status: record.status,
    leaseUntil,
    resourcePk: `resource#${record.resource.arn}`,
    claimedAt: record.times.claimed,
    listPk: 'records',
    listSk: `${record.times.claimed}#${record.id}`,
    expiresAt: expiryOf(now),
  });
  try {
    await client.send(
      new PutItemCommand({
        TableName,
        Item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { claimed: true, resumed: false, record };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const held = error.Item ?? (await itemOf(client, TableName, record.id));
    const contender = { client, TableName, id: record.id, now: now.toISOString(), leaseUntil };
    const result = await takeOver(contender, unmarshall(held ?? {}));
    return { ...result, record: await wholeRecord(options, result.record) };
  }
}

interface Contender {
  readonly client: DynamoDBClient;
  readonly TableName: string;
  readonly id: string;
  readonly now: string;
  readonly leaseUntil: string;
}

/** Somebody claimed before. Whoever still works holds a lease; one that ran out belongs to a function that died. */
async function takeOver(
  { client, TableName, id, now, leaseUntil }: Contender,
  held: Readonly<Record<string, unknown>>,
): Promise<ClaimResult> {
  const dead = held.status === 'claimed' && String(held.leaseUntil) < now;
  if (!dead) return { claimed: false, record: readStoredRecord(held.record) };
  try {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName,
        Key: attributeValues(recordKey(id)),
        UpdateExpression: 'SET leaseUntil = :until',
        ConditionExpression: '#status = :claimed AND leaseUntil < :now',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: attributeValues({
          ':until': leaseUntil,
          ':claimed': 'claimed',
          ':now': now,
        }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const record = readStoredRecord(unmarshall(Attributes ?? {}).record);
    return { claimed: true, resumed: true, record };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { claimed: false, record: readStoredRecord(held.record) };
  }
}

async function itemOf(client: DynamoDBClient, TableName: string, id: string) {
  const Key = attributeValues(recordKey(id));
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}
