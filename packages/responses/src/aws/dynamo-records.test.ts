import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import { mockClient } from 'aws-sdk-client-mock';
import { StaleRecordError, UnreadableRecordError } from '../errors.ts';
import { claimedRecord, responseRecord } from '../testing/samples.ts';
import { dynamoRecords } from './dynamo-records.ts';
import { attributeValues } from './record-item.ts';

const dynamo = mockClient(DynamoDBClient);
const now = new Date('2026-11-24T13:00:01.000Z');
const records = dynamoRecords({
  client: new DynamoDBClient({}),
  tableName: 'state',
  clock: () => now,
});

const claimed = claimedRecord();
const key = { pk: { S: `record#${claimed.id}` }, sk: { S: 'record' } };

beforeEach(() => {
  dynamo.reset();
});

/** The item of a record, as the table holds it. */
function itemOf(record: ResponseRecord, leaseUntil = '2026-11-24T13:00:20.000Z') {
  return attributeValues({ record, status: record.status, revision: record.revision, leaseUntil });
}

function refusal(held?: ReturnType<typeof itemOf>) {
  const $metadata = {};
  return new ConditionalCheckFailedException({
    message: 'no',
    $metadata,
    ...(held && { Item: held }),
  });
}

describe('claim', () => {
  it('writes record, lock and state before at once, where nothing stood', async () => {
    dynamo.on(PutItemCommand).resolves({});
    expect(await records.claim(claimed, 20)).toEqual({
      claimed: true,
      resumed: false,
      record: claimed,
    });
    expect(dynamo.calls()).toHaveLength(1);
    const input = dynamo.commandCalls(PutItemCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      TableName: 'state',
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect(unmarshall(input?.Item ?? {})).toEqual({
      pk: `record#${claimed.id}`,
      sk: 'record',
      record: JSON.parse(JSON.stringify(claimed)),
      revision: 0,
      status: 'claimed',
      leaseUntil: '2026-11-24T13:00:21.000Z',
      resourcePk: `resource#${claimed.resource.arn}`,
      claimedAt: claimed.times.claimed,
      listPk: 'records',
      listSk: `${claimed.times.claimed}#${claimed.id}`,
      // Four hundred days later.
      expiresAt: now.getTime() / 1000 + 400 * 86_400,
    });
  });

  it('leaves the incident to whoever works on it', async () => {
    dynamo.on(PutItemCommand).rejects(refusal(itemOf(claimed)));
    expect(await records.claim(claimed, 20)).toEqual({ claimed: false, record: claimed });
    expect(dynamo.commandCalls(UpdateItemCommand)).toHaveLength(0);
  });

  it('leaves a finished incident alone, however old its lease', async () => {
    const done = responseRecord();
    dynamo.on(PutItemCommand).rejects(refusal(itemOf(done, '2026-11-24T12:00:00.000Z')));
    expect(await records.claim(claimed, 20)).toEqual({ claimed: false, record: done });
  });

  it('takes over from a function that died, with the state that it had read', async () => {
    const theirs = claimedRecord({ before: { isLogging: false, readBy: 'the other' } });
    dynamo.on(PutItemCommand).rejects(refusal(itemOf(theirs, '2026-11-24T13:00:00.999Z')));
    dynamo.on(UpdateItemCommand).resolves({ Attributes: itemOf(theirs) });
    expect(await records.claim(claimed, 20)).toEqual({
      claimed: true,
      resumed: true,
      record: theirs,
    });
    const input = dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      Key: key,
      ConditionExpression: '#status = :claimed AND leaseUntil < :now',
    });
    expect(unmarshall(input?.ExpressionAttributeValues ?? {})).toEqual({
      ':until': '2026-11-24T13:00:21.000Z',
      ':claimed': 'claimed',
      ':now': now.toISOString(),
    });
  });

  it('leaves it to a third who took over first', async () => {
    dynamo.on(PutItemCommand).rejects(refusal(itemOf(claimed, '2026-11-24T13:00:00.000Z')));
    dynamo.on(UpdateItemCommand).rejects(refusal());
    expect(await records.claim(claimed, 20)).toEqual({ claimed: false, record: claimed });
  });

  it('reads the item where the refusal does not carry it', async () => {
    dynamo.on(PutItemCommand).rejects(refusal());
    dynamo.on(GetItemCommand).resolves({ Item: itemOf(claimed) });
    expect(await records.claim(claimed, 20)).toEqual({ claimed: false, record: claimed });
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toMatchObject({
      Key: key,
      ConsistentRead: true,
    });
  });

  it('says where an item is no record of this version', async () => {
    dynamo.on(PutItemCommand).rejects(refusal());
    dynamo.on(GetItemCommand).resolves({});
    await expect(records.claim(claimed, 20)).rejects.toBeInstanceOf(UnreadableRecordError);
  });

  it.each(['put', 'take over'])('lets other errors through: %s', async (which) => {
    const error = new Error('throttled');
    dynamo.on(UpdateItemCommand).rejects(error);
    dynamo
      .on(PutItemCommand)
      .rejects(which === 'put' ? error : refusal(itemOf(claimed, '2026-11-24T13:00:00.000Z')));
    await expect(records.claim(claimed, 20)).rejects.toBe(error);
  });
});

describe('conclude', () => {
  it('writes the outcome, and ends the lease, where the revision before stands', async () => {
    dynamo.on(UpdateItemCommand).resolves({});
    const record = responseRecord();
    await records.conclude(record);
    const input = dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      TableName: 'state',
      Key: key,
      UpdateExpression:
        'SET #record = :record, revision = :revision, #status = :status REMOVE leaseUntil',
      ConditionExpression: 'revision = :before',
    });
    expect(unmarshall(input?.ExpressionAttributeValues ?? {})).toEqual({
      ':record': JSON.parse(JSON.stringify(record)),
      ':revision': 1,
      ':status': 'verified',
      ':before': 0,
    });
  });

  it('says that somebody else concluded first', async () => {
    dynamo.on(UpdateItemCommand).rejects(refusal());
    const stale = records.conclude(responseRecord());
    await expect(stale).rejects.toBeInstanceOf(StaleRecordError);
    await expect(stale).rejects.toMatchObject({
      id: claimed.id,
      retryable: false,
      path: 'revision',
    });
  });

  it('lets other errors through', async () => {
    dynamo.on(UpdateItemCommand).rejects(new Error('throttled'));
    await expect(records.conclude(responseRecord())).rejects.toThrow('throttled');
  });
});

describe('get', () => {
  it('reads the record as it stands now', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: itemOf(responseRecord()) });
    expect(await records.get(claimed.id)).toEqual(responseRecord());
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'state',
      Key: key,
      ConsistentRead: true,
    });
  });

  it('finds nothing where nothing is', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await records.get('inc-none')).toBeUndefined();
  });

  it('says where a record is unreadable', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: attributeValues({ record: { schemaVersion: 2 } }) });
    await expect(records.get('inc-1')).rejects.toMatchObject({ path: 'schemaVersion' });
  });
});

describe('list', () => {
  const held = ['a', 'b', 'c', 'd'].map((id, index) =>
    responseRecord({
      id,
      service: index === 1 ? 'fim-detector' : 'cloudtrail-guard',
      status: index === 2 ? 'failed' : 'verified',
    }),
  );

  beforeEach(() => {
    dynamo
      .on(QueryCommand)
      .resolvesOnce({
        Items: held.slice(0, 2).map((record) => itemOf(record)),
        LastEvaluatedKey: key,
      })
      .resolvesOnce({ Items: held.slice(2).map((record) => itemOf(record)) });
  });

  it.each([
    [{ limit: 10 }, ['a', 'b', 'c', 'd']],
    [{ limit: 3 }, ['a', 'b', 'c']],
    [{ limit: 10, service: 'fim-detector' }, ['b']],
    [{ limit: 10, status: 'failed' }, ['c']],
    [{ limit: 1, service: 'cloudtrail-guard', status: 'verified' }, ['a']],
  ])('finds the newest for %j, over all pages', async (query, ids) => {
    expect((await records.list(query)).map(({ id }) => id)).toEqual(ids);
    expect(dynamo.commandCalls(QueryCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual(key);
  });

  it.each([
    [undefined, '0'],
    ['2026-11-24T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
  ])('asks the index by time since %p, newest first', async (since, from) => {
    await records.list({ limit: 1, ...(since !== undefined && { since }) });
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'state',
      IndexName: 'byTime',
      ScanIndexForward: false,
      ExpressionAttributeValues: { ':pk': { S: 'records' }, ':since': { S: from } },
    });
  });
});

describe('onResource', () => {
  it('asks the index by resource, oldest first', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [itemOf(responseRecord())] });
    const arn = claimed.resource.arn;
    expect(await records.onResource(arn, '2026-11-24')).toEqual([responseRecord()]);
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toEqual({
      TableName: 'state',
      IndexName: 'byResource',
      KeyConditionExpression: 'resourcePk = :pk AND claimedAt >= :since',
      ExpressionAttributeValues: {
        ':pk': { S: `resource#${arn}` },
        ':since': { S: '2026-11-24' },
      },
      ExclusiveStartKey: undefined,
    });
  });

  it('finds nothing in an empty answer', async () => {
    dynamo.on(QueryCommand).resolves({});
    expect(await records.onResource('arn', '')).toEqual([]);
  });
});
