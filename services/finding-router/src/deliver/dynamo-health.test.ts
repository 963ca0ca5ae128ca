import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoTable } from '../table.ts';
import { dynamoHealth } from './dynamo-health.ts';

const dynamo = mockClient(DynamoDBClient);
const table = new DynamoTable(new DynamoDBClient({ region: 'eu-west-1' }), 'router');
const store = dynamoHealth(table, () => new Date(0));
const health = { version: 4, failures: 5, openings: 1, pausedUntil: '2026-05-01T12:00:00.000Z' };

beforeEach(() => {
  dynamo.reset();
});

describe('dynamoHealth', () => {
  it('reads what it wrote', async () => {
    await store.write('soc', health);
    const [call] = dynamo.commandCalls(PutItemCommand);
    const item = unmarshall(call?.args[0].input.Item ?? {});
    expect(item).toEqual({ pk: 'channel#soc', sk: 'health', ...health, expiresAt: 30 * 86_400 });
    expect(call?.args[0].input).toMatchObject({
      ConditionExpression: 'attribute_not_exists(pk) OR #version = :before',
      ExpressionAttributeValues: { ':before': { N: '3' } },
    });
    dynamo.on(GetItemCommand).resolves({ Item: marshall(item) });
    expect(await store.read('soc')).toEqual(health);
  });

  it('knows nothing of a channel that never failed', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await store.read('soc')).toBeUndefined();
  });

  it('says whether somebody else was faster', async () => {
    dynamo
      .on(PutItemCommand)
      .rejectsOnce(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }))
      .rejectsOnce(new TypeError('away'))
      .resolves({});
    expect(await store.write('soc', health)).toBe(false);
    await expect(store.write('soc', health)).rejects.toThrow('away');
    expect(await store.write('soc', health)).toBe(true);
  });
});
