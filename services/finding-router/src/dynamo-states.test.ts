import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoStates, itemKey } from './dynamo-states.ts';
import { StaleStateError } from './errors.ts';
import type { FindingState } from './finding-state.ts';
import { DynamoTable } from './table.ts';
import { sampleState } from './testing/sample-state.ts';

const dynamo = mockClient(DynamoDBClient);
const table = new DynamoTable(new DynamoDBClient({ region: 'eu-west-1' }), 'router');
const states = dynamoStates(table, () => new Date('2026-11-25T10:00:00Z'));
const overtaken = new ConditionalCheckFailedException({ $metadata: {}, message: 'no' });

beforeEach(() => {
  dynamo.reset();
});

const stored = (state: FindingState) => marshall({ ...itemKey(state.key), ...state, expiresAt: 1 });

describe('dynamoStates', () => {
  it('reads states by their keys, a hundred at once, and again what was not processed', async () => {
    const keys = Array.from({ length: 101 }, (_, at) => `key-${at}`);
    const [first, left] = [sampleState({ key: 'key-0' }), sampleState({ key: 'key-1' })];
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { router: [stored(first)] },
        UnprocessedKeys: { router: { Keys: [marshall(itemKey('key-1'))] } },
      })
      .resolvesOnce({ Responses: { router: [stored(left)] } })
      .resolves({});
    const read = await states.read([...keys, 'key-0']);
    expect([...read]).toEqual([
      ['key-0', first],
      ['key-1', left],
    ]);
    const asked = dynamo.commandCalls(BatchGetItemCommand).map(({ args: [{ input }] }) => {
      return input.RequestItems?.router?.Keys?.length;
    });
    expect(asked).toEqual([100, 1, 1]);
  });

  it('writes the first version where there is none, and each later one on top of the one before', async () => {
    dynamo.on(PutItemCommand).resolves({});
    await states.write(sampleState({ version: 1 }));
    await states.write(sampleState({ version: 5 }));
    const [first, fifth] = dynamo
      .commandCalls(PutItemCommand)
      .map(({ args: [{ input }] }) => input);
    expect(first?.ConditionExpression).toBe('attribute_not_exists(pk)');
    expect(fifth?.ExpressionAttributeValues).toEqual({ ':before': { N: '4' } });
    expect(first?.Item?.expiresAt).toEqual({ N: '1830160800' });
  });

  it('says when somebody else was faster', async () => {
    dynamo.on(PutItemCommand).rejects(overtaken);
    await expect(states.write(sampleState())).rejects.toThrow(StaleStateError);
  });

  it('clears what has left, unless somebody has written on top', async () => {
    dynamo
      .on(UpdateItemCommand)
      .resolvesOnce({})
      .rejectsOnce(overtaken)
      .rejects(new TypeError('away'));
    await states.sent(sampleState());
    await states.sent(sampleState());
    await expect(states.sent(sampleState())).rejects.toThrow('away');
  });

  it('names the field of an item that it cannot read', async () => {
    const item = marshall({ ...itemKey('k'), ...sampleState({ key: 'k' }), version: 'one' });
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { router: [item] } });
    await expect(states.read(['k'])).rejects.toMatchObject({ path: 'version', retryable: false });
  });
});
