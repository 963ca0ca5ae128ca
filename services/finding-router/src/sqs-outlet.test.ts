import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { QueuedMessage } from './finding-state.ts';
import { sqsOutlet } from './sqs-outlet.ts';

const sqs = mockClient(SQSClient);
const outlet = sqsOutlet(new SQSClient({ region: 'eu-west-1' }), {
  updates: 'https://sqs/updates',
  alerts: 'https://sqs/alerts.fifo',
});
const message = (
  id: string,
  queue: QueuedMessage['queue'] = 'alerts',
  size = 1,
): QueuedMessage => ({
  queue,
  id,
  group: 'finding with any characters: é',
  body: { text: 'x'.repeat(size) },
});
const sent = () =>
  sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => ({
    url: input.QueueUrl,
    ids: input.Entries?.map(({ Id }) => Id),
  }));

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
});

describe('sqsOutlet', () => {
  it('sends ten at once to each queue, in order, each id once', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `m${at}`);
    await outlet.send([...ids, 'm0'].map((id) => message(id)));
    await outlet.send([message('u', 'updates')]);
    expect(sent()).toEqual([
      { url: 'https://sqs/alerts.fifo', ids: ids.slice(0, 10) },
      { url: 'https://sqs/alerts.fifo', ids: ids.slice(10) },
      { url: 'https://sqs/updates', ids: ['u'] },
    ]);
  });

  it('keeps the order of a group where the queue does, and forgets repeated ids there', async () => {
    await outlet.send([message('m'), message('u', 'updates')]);
    const entries = sqs
      .commandCalls(SendMessageBatchCommand)
      .map(({ args: [{ input }] }) => input.Entries?.[0]);
    expect(entries[0]).toMatchObject({ MessageDeduplicationId: 'm' });
    expect(entries[0]?.MessageGroupId).toMatch(/^[0-9a-f]{32}$/);
    expect(entries[1]).not.toHaveProperty('MessageGroupId');
  });

  it('sends no more than a megabyte at once', async () => {
    await outlet.send([message('a', 'alerts', 600_000), message('b', 'alerts', 600_000)]);
    expect(sent().map(({ ids }) => ids)).toEqual([['a'], ['b']]);
  });

  it('says which queue did not take a message, also one that it does not know', async () => {
    sqs.on(SendMessageBatchCommand).resolves({
      Successful: [],
      Failed: [{ Id: 'a', Code: 'InternalError', SenderFault: false }],
    });
    await expect(outlet.send([message('a')])).rejects.toThrow(
      'queue alerts did not take a message: InternalError',
    );
    await expect(outlet.send([message('a', 'jira')])).rejects.toMatchObject({
      queue: 'jira',
      retryable: true,
    });
  });
});
