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
import { mockClient } from 'aws-sdk-client-mock';
import { evidenceText } from '../evidence-object.ts';
import { storedForm } from '../stored-form.ts';
import { claimedRecord, responseRecord } from '../testing/samples.ts';
import { dynamoRecords } from './dynamo-records.ts';
import { attributeValues } from './record-item.ts';
import { wholeText } from './whole-items.ts';

const dynamo = mockClient(DynamoDBClient);
const client = new DynamoDBClient({});
const table = { client, tableName: 'state' };
const now = new Date('2026-11-24T13:00:01.000Z');
const records = dynamoRecords({ ...table, clock: () => now });

const large = responseRecord({ before: { policy: '停"'.repeat(200_000) } });

/** The items that a whole record is kept in. */
let chunks: Map<string, Uint8Array>;

beforeEach(() => {
  dynamo.reset();
  chunks = new Map();
  dynamo.on(PutItemCommand).resolves({});
  dynamo.on(UpdateItemCommand).callsFake(({ Key, ExpressionAttributeValues }) => {
    const chunk = ExpressionAttributeValues?.[':chunk']?.B;
    if (chunk) chunks.set(`${Key.pk.S} ${Key.sk.S}`, chunk);
    return {};
  });
  dynamo.on(GetItemCommand).callsFake(({ Key }) => {
    const chunk = chunks.get(`${Key.pk.S} ${Key.sk.S}`);
    return chunk ? { Item: { chunk: { B: chunk } } } : {};
  });
});

/** What the table holds of a record besides its chunks. */
function storedItem(record = large) {
  return attributeValues({ record: storedForm(record).record, status: record.status });
}

describe('a record over 200 KB', () => {
  it('is concluded as a summary, after the whole was stored in items that fit', async () => {
    await records.conclude(large);
    const updates = dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input);
    const item = unmarshall(updates.at(-1)?.ExpressionAttributeValues ?? {})[':record'];
    expect(item.whole).toEqual(storedForm(large).record.whole);
    expect(item.before).toEqual({ leftOut: expect.stringMatching(/^\d+ bytes$/) });
    for (const update of updates) {
      expect(Buffer.byteLength(JSON.stringify(update))).toBeGreaterThan(0);
      expect(update.ExpressionAttributeValues?.[':chunk']?.B?.length ?? 0).toBeLessThanOrEqual(
        300_000,
      );
    }
    expect([...chunks.keys()]).toHaveLength(Math.ceil(item.whole.bytes / 300_000));
    expect([...chunks.keys()][0]).toBe(`record#${large.id} whole#${item.whole.sha256}#0000`);
    expect(updates[0]?.ExpressionAttributeValues?.[':expiresAt']).toEqual({
      N: String(now.getTime() / 1000 + 400 * 86_400),
    });
  });

  it('is claimed as a summary, and handed back whole', async () => {
    const claimed = claimedRecord({ before: large.before });
    expect((await records.claim(claimed, 20)).record).toBe(claimed);
    const item = unmarshall(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input.Item ?? {});
    expect(item.record.whole).toEqual(storedForm(claimed).record.whole);
    expect(item.resourcePk).toBe(`resource#${claimed.resource.arn}`);
  });

  it('is whole for whoever comes second', async () => {
    const held = responseRecord({ before: large.before });
    await records.conclude(held);
    dynamo.on(PutItemCommand).rejects(
      new ConditionalCheckFailedException({
        message: 'no',
        $metadata: {},
        Item: storedItem(held),
      }),
    );
    expect(await records.claim(claimedRecord(), 20)).toEqual({ claimed: false, record: held });
  });

  it('is read whole by id, by time and by resource', async () => {
    await records.conclude(large);
    dynamo.on(QueryCommand).resolves({ Items: [storedItem()] });
    dynamo
      .on(GetItemCommand, { Key: { pk: { S: `record#${large.id}` }, sk: { S: 'record' } } })
      .resolves({ Item: storedItem() });
    expect(await records.get(large.id)).toEqual(large);
    expect(await records.list({ limit: 1 })).toEqual([large]);
    expect(await records.onResource(large.resource.arn, '')).toEqual([large]);
  });

  it('costs no other record a call', async () => {
    await records.conclude(responseRecord());
    await records.claim(claimedRecord(), 20);
    expect(dynamo.calls()).toHaveLength(2);
  });

  it('is stored as what the evidence bucket will hold', async () => {
    await records.conclude(large);
    const { whole } = storedForm(large).record;
    expect(whole && (await wholeText(table, large.id, whole))).toBe(evidenceText(large));
  });

  it('is not concluded where the whole could not be stored', async () => {
    dynamo.on(UpdateItemCommand).rejects(new Error('throttled'));
    await expect(records.conclude(large)).rejects.toThrow('throttled');
    const [first] = dynamo.commandCalls(UpdateItemCommand);
    expect(first?.args[0].input.UpdateExpression).toContain('chunk');
  });

  it.each([
    ['is missing', () => chunks.clear()],
    ['was changed', () => chunks.set([...chunks.keys()][0] ?? '', Buffer.from('x'))],
  ])('is not believed where a part of it %s', async (_what, harm) => {
    await records.conclude(large);
    harm();
    dynamo.on(QueryCommand).resolves({ Items: [storedItem()] });
    await expect(records.list({ limit: 1 })).rejects.toMatchObject({
      name: 'UnreadableRecordError',
      path: 'whole.sha256',
    });
  });
});
