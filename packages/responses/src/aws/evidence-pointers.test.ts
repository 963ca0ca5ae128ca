import { DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { evidencePointers, notePointer } from './evidence-pointers.ts';

const dynamo = mockClient(DynamoDBClient);
const table = { client: new DynamoDBClient({}), tableName: 'state' };
const pointer = { revision: 1, bucket: 'evidence', key: 'k.json', sha256: 'abc' };

beforeEach(() => {
  dynamo.reset();
});

describe('evidence pointers', () => {
  it('expire with the record that they point from', async () => {
    dynamo.on(UpdateItemCommand).resolves({});
    await notePointer(
      table,
      { id: 'inc-1', revision: 2 },
      { bucket: 'evidence', key: 'k', text: '' },
    );
    const [note] = dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input);
    expect(note?.Key).toEqual({ pk: { S: 'record#inc-1' }, sk: { S: 'sent#0002' } });
    const expiry = Number(note?.ExpressionAttributeValues?.[':expiresAt']?.N);
    expect(expiry * 1000 - Date.now()).toBeGreaterThan(399 * 86_400_000);
  });

  it('are read by revision; marks without one are passed over', async () => {
    dynamo.on(QueryCommand).resolves({
      Items: [
        marshall({ sk: 'sent#0001', evidence: { ...pointer, versionId: 'v1' } }),
        { sk: { S: 'sent#0002' }, channels: { SS: ['bus'] } },
        marshall({ sk: 'sent#0003', evidence: { ...pointer, revision: 3 } }),
      ],
    });
    expect(await evidencePointers(table, 'inc-1')).toEqual([
      { ...pointer, versionId: 'v1' },
      { ...pointer, revision: 3 },
    ]);
  });

  it('are none where nothing has left yet', async () => {
    dynamo.on(QueryCommand).resolves({});
    expect(await evidencePointers(table, 'inc-1')).toEqual([]);
  });
});
