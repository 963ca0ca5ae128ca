import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { findingLinks } from './finding-links.ts';

const dynamo = mockClient(DynamoDBClient);
const links = findingLinks({
  client: new DynamoDBClient({}),
  tableName: 'state',
  clock: () => new Date('2026-11-24T13:00:00.000Z'),
});
const key = { pk: { S: 'record#inc-1' }, sk: { S: 'finding#f' } };

beforeEach(() => {
  dynamo.reset();
  dynamo.on(UpdateItemCommand).resolves({});
});

describe('a link between finding and incident', () => {
  it('is made once, and held for a minute', async () => {
    const refusal = new ConditionalCheckFailedException({ $metadata: {}, message: 'there' });
    dynamo.on(PutItemCommand).resolvesOnce({}).rejects(refusal);
    expect(await links.linkFinding('inc-1', 'f')).toBe(true);
    expect(await links.linkFinding('inc-1', 'f')).toBe(false);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toMatchObject({
      Item: { ...key, openUntil: { S: '2026-11-24T13:01:00.000Z' } },
      ConditionExpression: 'attribute_not_exists(pk) OR openUntil < :now',
      ExpressionAttributeValues: { ':now': { S: '2026-11-24T13:00:00.000Z' } },
    });
  });

  it('is closed for good once the finding is written on', async () => {
    await links.closeFinding('inc-1', 'f');
    expect(dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'state',
      Key: key,
      UpdateExpression: 'REMOVE openUntil',
    });
  });

  it('is open again at once where that has failed', async () => {
    await links.reopenFinding('inc-1', 'f');
    expect(dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input).toMatchObject({
      Key: key,
      UpdateExpression: 'SET openUntil = :over',
      ExpressionAttributeValues: { ':over': { S: '' } },
    });
  });

  it('lets other errors through', async () => {
    dynamo.on(PutItemCommand).rejects(new Error('throttled'));
    await expect(links.linkFinding('inc-1', 'f')).rejects.toThrow('throttled');
  });
});
