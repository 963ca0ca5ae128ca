import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readBaseline } from './baseline.ts';
import { dynamoBaselines } from './dynamo-baselines.ts';
import { sampleConfiguration } from './fake-trails.ts';
import { trailOf } from './trail-name.ts';

const aws = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'eu-west-1' });
const baselines = dynamoBaselines({ client, tableName: 'state' });
const trail = trailOf('main', { accountId: '123456789012', region: 'eu-west-1' });
const baseline = {
  version: 2,
  trail,
  configuration: sampleConfiguration({
    advancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }],
  }),
  approvedBy: 'arn:aws:iam::123456789012:role/Security',
  approvedAt: '2026-11-24T03:00:00.000Z',
  reason: 'change 4711',
};
const Item = marshall({ pk: `trail#${trail.arn}`, sk: 'baseline', ...baseline });

beforeEach(() => {
  aws.reset();
});

describe('dynamoBaselines', () => {
  it('reads the approved settings of a trail, consistently', async () => {
    aws.on(GetItemCommand).resolves({ Item });
    expect(await baselines.of(trail.arn)).toMatchObject(baseline);
    expect(aws.commandCalls(GetItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'state',
      Key: { pk: { S: `trail#${trail.arn}` }, sk: { S: 'baseline' } },
      ConsistentRead: true,
    });
  });

  it('says that a trail has none', async () => {
    aws.on(GetItemCommand).resolves({});
    expect(await baselines.of(trail.arn)).toBeUndefined();
  });

  it('lists all of them over all pages', async () => {
    aws
      .on(QueryCommand)
      .resolvesOnce({ Items: [Item], LastEvaluatedKey: { pk: { S: 'x' } } })
      .resolvesOnce({ Items: [Item] });
    expect(await baselines.all()).toHaveLength(2);
    expect(aws.commandCalls(QueryCommand)[0]?.args[0].input.IndexName).toBe('byTime');
  });

  it('lists none of none', async () => {
    aws.on(QueryCommand).resolves({});
    expect(await baselines.all()).toEqual([]);
  });
});

describe('readBaseline', () => {
  it.each([
    [{ ...baseline, version: 0 }, 'version'],
    [{ ...baseline, configuration: { ...baseline.configuration, tags: [] } }, 'configuration.tags'],
    ['no object', '(root)'],
  ])('rejects what is none, naming the field', (value, path) => {
    expect(() => readBaseline(value)).toThrow(
      expect.objectContaining({ name: 'UnreadableBaselineError', path, retryable: false }),
    );
  });
});
