import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { findingKey, parseAsffFinding } from '@riposte/findings';
import { asffFinding } from '@riposte/testing';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { DynamoTable } from '../table.ts';
import { dynamoHistory } from './dynamo-history.ts';
import {
  type HistoryEntry,
  historyKey,
  historyText,
  nextEntry,
  occurrencesBefore,
  type Sighting,
} from './history-entry.ts';
import { type History, noteFinding } from './note-finding.ts';

const check = { resource: 'arn:aws:s3:::a', control: 'S3.4' };

type Said = readonly [key: string, day: number, because?: string | undefined];

function entryAfter(...sightings: readonly Said[]) {
  let entry: HistoryEntry | undefined;
  for (const [key, day, because] of sightings)
    entry = nextEntry(entry, check, sighting(key, day, because)) ?? entry;
  return entry;
}

function sighting(key: string, day: number, because?: string): Sighting {
  const at = `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;
  return { key, closed: because !== undefined, at, ...(because !== undefined && { because }) };
}

describe('a history', () => {
  it('counts what is opened, and opened again, once each', () => {
    const entry = entryAfter(['a', 1], ['a', 2], ['a', 3, 'check passed'], ['a', 4], ['b', 5]);
    expect(entry).toMatchObject({
      count: 3,
      firstAt: '2026-01-01T00:00:00Z',
      lastAt: '2026-01-05T00:00:00Z',
      outcome: { because: 'check passed', at: '2026-01-03T00:00:00Z' },
    });
    expect(Object.keys(entry?.open ?? {})).toEqual(['a', 'b']);
  });

  it.each<[string, readonly Said[]]>([
    [
      'a closure of what nobody heard open',
      [
        ['a', 1],
        ['b', 2, 'archived'],
      ],
    ],
    [
      'a closure from before the opening',
      [
        ['a', 5],
        ['a', 4, 'archived'],
      ],
    ],
    [
      'the same again',
      [
        ['a', 1],
        ['a', 1],
      ],
    ],
  ])('learns nothing from %s', (_, sightings) => {
    expect(entryAfter(...sightings)).toMatchObject({ count: 1, version: 1 });
  });

  it('learns nothing from an opening from before the last outcome', () => {
    expect(entryAfter(['a', 1], ['a', 5, 'archived'], ['a', 3])).toMatchObject({
      count: 1,
      open: {},
    });
  });

  it('is none of a check that was never open', () => {
    expect(entryAfter(['a', 1, 'check passed'])).toBeUndefined();
  });

  it('stays small, however many findings are open', () => {
    const sightings = Array.from({ length: 500 }, (_, index) => [`f${index}`, 1] as const);
    const entry = entryAfter(...sightings);
    expect(entry?.count).toBe(500);
    expect(Object.keys(entry?.open ?? {})).toHaveLength(50);
  });

  it('comes out the same however often events are repeated', () => {
    const event = fc.tuple(fc.constantFrom('a', 'b'), fc.boolean());
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const sightings = events.map(
          ([key, isClosed], index) => [key, index + 1, isClosed ? 'x' : undefined] as const,
        );
        const twice = sightings.flatMap((one) => [one, one]);
        expect(entryAfter(...twice)).toEqual(entryAfter(...sightings));
      }),
    );
  });

  it('is said in words that stay the same', () => {
    expect(historyText(undefined, 'a')).toBe('first time');
    expect(historyText(entryAfter(['a', 1]), 'a')).toBe('first time');
    expect(historyText(entryAfter(['a', 1]), 'b')).toBe(
      'failed once before, since 2026-01-01; none was closed yet',
    );
    expect(
      historyText(entryAfter(['a', 1], ['a', 2, 'workflow SUPPRESSED'], ['a', 3], ['b', 4]), 'b'),
    ).toBe(
      'failed 2 times before, since 2026-01-01; last outcome: workflow SUPPRESSED on 2026-01-02',
    );
  });

  it('counts the finding itself only where it was noted', () => {
    const entry = entryAfter(['a', 1], ['a', 2, 'x'], ['a', 3]);
    expect(occurrencesBefore(entry, 'a')).toBe(1);
    expect(occurrencesBefore(entry, 'b')).toBe(2);
    expect(occurrencesBefore(entry, 'constructor')).toBe(2);
  });
});

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

  it('names a check as well as its provider does', () => {
    const controlled = asffFinding({ Compliance: { SecurityControlId: 'S3.4' } });
    expect(historyKey(parseAsffFinding(controlled)).control).toBe('S3.4');
    expect(historyKey(parseAsffFinding(asffFinding())).control).toContain('guardduty');
    const bare = { ...finding, types: [], resources: [], title: 'words' };
    const { generatorId: _, ...unnamed } = bare;
    expect(historyKey(unnamed)).toEqual({ resource: '', control: 'words' });
  });
});

describe('dynamoHistory', () => {
  const dynamo = mockClient(DynamoDBClient);
  const table = new DynamoTable(new DynamoDBClient({}), 'router');
  const history = dynamoHistory(table, () => new Date('2026-11-24T12:00:00Z'));
  const [entry] = [entryAfter(['a', 1])].flatMap((one) => (one ? [one] : []));

  beforeEach(() => {
    dynamo.reset();
  });

  it('reads back what it wrote', async () => {
    dynamo.on(PutItemCommand).resolves({});
    expect(entry && (await history.put(entry))).toBe(true);
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
    const later = entryAfter(['a', 1], ['b', 2]);
    dynamo
      .on(PutItemCommand)
      .rejectsOnce(new ConditionalCheckFailedException({ message: '', $metadata: {} }))
      .rejects(new Error('throttled'));
    expect(later && (await history.put(later))).toBe(false);
    expect(dynamo.commandCalls(PutItemCommand).at(-1)?.args[0].input).toMatchObject({
      ConditionExpression: '#version = :before',
      ExpressionAttributeValues: marshall({ ':before': 1 }),
    });
    await expect(later && history.put(later)).rejects.toThrow('throttled');
  });
});
