import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import type { DynamoDBRecord } from 'aws-lambda';
import { sendConcluded } from './send-concluded.ts';

const sample: { readonly Records: readonly [DynamoDBRecord] } = JSON.parse(
  readFileSync(new URL('../events/outbox.json', import.meta.url), 'utf8'),
);
const [change] = sample.Records;
const image = change.dynamodb?.NewImage ?? {};

/** An outbox that notes what it was given. */
function outbox() {
  const sent: ResponseRecord[] = [];
  const send = async (record: ResponseRecord) => {
    sent.push(record);
    return { channels: ['bus' as const], repeated: false };
  };
  return { sent, take: sendConcluded(send) };
}

function changed(members: Partial<DynamoDBRecord>, item: object = image): DynamoDBRecord {
  return { ...change, dynamodb: { ...change.dynamodb, NewImage: { ...item } }, ...members };
}

describe('a change of the state table', () => {
  it('lets the concluded record leave that it carries', async () => {
    const { sent, take } = outbox();
    await expect(take(change)).resolves.toEqual({ channels: ['bus'], repeated: false });
    expect(sent).toEqual([
      expect.objectContaining({
        id: 'inc-0123456789abcdef0123',
        revision: 1,
        message: expect.objectContaining({ subject: expect.stringContaining('REPAIRED') }),
      }),
    ]);
  });

  it.each([
    ['an item that is gone', changed({ eventName: 'REMOVE' })],
    ['an item that is no record', changed({}, { ...image, sk: { S: 'sent#0001' } })],
    ['a change without an image', { ...change, dynamodb: {} }],
  ])('passes over %s', async (_what, record) => {
    const { sent, take } = outbox();
    await expect(take(record)).resolves.toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('passes over a record that is only claimed', async () => {
    const { sent, take } = outbox();
    const record = { M: { ...image.record?.M, revision: { N: '0' } } };
    await expect(take(changed({}, { ...image, record }))).resolves.toBeUndefined();
    expect(sent).toEqual([]);
  });

  it.each([
    ['revision', { ...image, record: { M: { ...image.record?.M, revision: { S: 'one' } } } }],
    ['(root)', { sk: { S: 'record' } }],
    ['dynamodb.NewImage', { sk: { S: 'record' }, record: { X: 'no type of DynamoDB' } }],
  ])('names what is wrong with a record: %s', async (path, item) => {
    const { take } = outbox();
    await expect(take(changed({}, item))).rejects.toMatchObject({
      name: 'UnreadableRecordError',
      path,
      retryable: false,
    });
  });

  it('lets the error of a channel through, so that the stream tries again', async () => {
    const take = sendConcluded(async () => {
      throw new RangeError('the topic is away');
    });
    await expect(take(change)).rejects.toThrow('the topic is away');
  });
});
