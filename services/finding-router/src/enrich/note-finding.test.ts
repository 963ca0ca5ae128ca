import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { findingKey, parseAsffFinding } from '@riposte/findings';
import { type HistoryEntry, historyKey } from '@riposte/rules';
import { asffFinding } from '@riposte/testing';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoTable } from '../table.ts';
import { dynamoHistory } from './dynamo-history.ts';
import { type History, noteFinding } from './note-finding.ts';

const check = { resource: 'arn:aws:s3:::a', control: 'S3.4' };
const entry: HistoryEntry = {
  ...check,
  version: 1,
  count: 1,
  firstAt: '2026-01-01T00:00:00Z',
  lastAt: '2026-01-01T00:00:00Z',
  open: { a: '2026-01-01T00:00:00Z' },
};

describe('noteFinding', () => {
  const at = '2026-11-24T12:00:00Z';
  const finding = parseAsffFinding(asffFinding());

  function fakeHistory(refusals = 0) {
    const held = new Map<string, HistoryEntry>();
    const puts: HistoryEntry[] = [];
    const history: History = {
      of: async (resource, control) => held.get(`${resource}|${control}`),
      put: async (entry) => {
        puts.push(entry);
        if (puts.length <= refusals) return false;
        held.set(`${entry.resource}|${entry.control}`, entry);
        return true;
      },
    };
    return { history, puts, held };
  }

  it('writes what is new, and nothing for a republished finding', async () => {
    const { history, puts } = fakeHistory();
    await noteFinding(finding, at, history);
    await noteFinding(finding, at, history);
    expect(puts).toHaveLength(1);
    expect(puts[0]).toMatchObject({ ...historyKey(finding), open: { [findingKey(finding)]: at } });
  });

  it('notes why a finding was closed', async () => {
    const { history, puts } = fakeHistory();
    await noteFinding(finding, at, history);
    const Workflow = { Status: 'RESOLVED' };
    await noteFinding(parseAsffFinding(asffFinding({ Workflow })), at, history);
    expect(puts[1]?.outcome).toEqual({ because: 'workflow RESOLVED', at });
  });

  it('tries again when others were faster, and gives up after a while', async () => {
    const slow = fakeHistory(3);
    await noteFinding(finding, at, slow.history);
    expect(slow.held.size).toBe(1);
    await expect(noteFinding(finding, at, fakeHistory(100).history)).rejects.toMatchObject({
      name: 'HistoryContentionError',
      retryable: true,
    });
  });
});

describe('dynamoHistory', () => {
  const dynamo = mockClient(DynamoDBClient);
  const table = new DynamoTable(new DynamoDBClient({}), 'router');
  const history = dynamoHistory(table, () => new Date('2026-11-24T12:00:00Z'));

  beforeEach(() => {
    dynamo.reset();
  });

  it('reads back what it wrote', async () => {
    dynamo.on(PutItemCommand).resolves({});
    expect(await history.put(entry)).toBe(true);
    const put = dynamo.commandCalls(PutItemCommand)[0]?.args[0].input;
    expect(put).toMatchObject({
      TableName: 'router',
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    dynamo.on(GetItemCommand).resolves({ Item: put?.Item ?? {} });
    expect(await history.of(check.resource, check.control)).toEqual(entry);
    const { pk, sk } = put?.Item ?? {};
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input.Key).toEqual({ pk, sk });
  });

  it('has none where there is none', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await history.of('a', 'b')).toBeUndefined();
  });

  it('says that somebody else was faster, and lets other errors through', async () => {
    const later = { ...entry, version: 2 };
    dynamo
      .on(PutItemCommand)
      .rejectsOnce(new ConditionalCheckFailedException({ message: '', $metadata: {} }))
      .rejects(new Error('throttled'));
    expect(await history.put(later)).toBe(false);
    expect(dynamo.commandCalls(PutItemCommand).at(-1)?.args[0].input).toMatchObject({
      ConditionExpression: '#version = :before',
      ExpressionAttributeValues: marshall({ ':before': 1 }),
    });
    await expect(history.put(later)).rejects.toThrow('throttled');
  });
});
