import { readFileSync } from 'node:fs';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  ListTrailsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { ListSubscriptionsByTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { context } from '@riposte/lambda/testing';
import { mockClient } from 'aws-sdk-client-mock';

const topic = 'arn:aws:sns:eu-west-1:123456789012:riposte-foundation-dev-alerts';

Object.assign(process.env, {
  RIPOSTE_FUNCTION: 'test',
  RIPOSTE_STAGE: 'dev',
  AWS_REGION: 'eu-west-1',
  STATE_TABLE_NAME: 'state',
  ALERTS_TOPIC_ARN: topic,
  LAST_RESORT_TOPIC_ARN: `${topic}-last-resort`,
  SETTINGS_PARAMETER: '/riposte/dev/cloudtrail-guard/settings',
  KILL_SWITCH_PARAMETER: '/riposte/dev/kill-switch',
  MEMBER_ROLE_NAME: 'riposte-member-dev',
  DLQ_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/dlq',
  SWEEP_ACCOUNTS: ' ',
});

const cloudTrail = mockClient(CloudTrailClient);
const dynamo = mockClient(DynamoDBClient);
const ssm = mockClient(SSMClient);
const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const hub = mockClient(SecurityHubClient);
const sts = mockClient(STSClient);

function sample(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../events/${name}.json`, import.meta.url), 'utf8'));
}

/** Every call that was made, in the order of their being made. */
let calls: string[] = [];

/** An answer that notes its call. */
function answering<T>(operation: string, answer: () => T): () => T {
  return () => {
    calls.push(operation);
    return answer();
  };
}

const stopped = {
  IsLogging: false,
  StartLoggingTime: new Date('2026-11-01T00:00:00Z'),
  StopLoggingTime: new Date('2026-11-24T03:00:00Z'),
};

const trailList = [
  { TrailARN: 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/main', S3BucketName: 'trail-logs' },
];
const parameters = [
  { Name: '/riposte/dev/cloudtrail-guard/settings', Value: '{}' },
  { Name: '/riposte/dev/kill-switch', Value: 'off' },
];
const none = () => ({});

beforeEach(() => {
  calls = [];
  for (const mock of [cloudTrail, dynamo, ssm, sns, sqs, hub, sts]) mock.reset();
  const status = () => (calls.includes('StartLogging') ? { ...stopped, IsLogging: true } : stopped);
  cloudTrail.on(GetTrailStatusCommand).callsFake(answering('GetTrailStatus', status));
  cloudTrail.on(StartLoggingCommand).callsFake(answering('StartLogging', none));
  cloudTrail.on(ListTrailsCommand).callsFake(answering('ListTrails', none));
  cloudTrail
    .on(DescribeTrailsCommand)
    .callsFake(answering('DescribeTrails', () => ({ trailList })));
  cloudTrail.on(GetTrailCommand).callsFake(answering('GetTrail', none));
  cloudTrail.on(GetEventSelectorsCommand).callsFake(answering('GetEventSelectors', none));
  cloudTrail.on(ListTagsCommand).callsFake(answering('ListTags', none));
  dynamo.on(PutItemCommand).callsFake(answering('PutItem', none));
  dynamo.on(UpdateItemCommand).callsFake(answering('UpdateItem', none));
  dynamo.on(GetItemCommand).callsFake(answering('GetItem', none));
  dynamo.on(QueryCommand).callsFake(answering('Query', none));
  ssm
    .on(GetParametersCommand)
    .callsFake(answering('GetParameters', () => ({ Parameters: parameters })));
  ssm.on(PutParameterCommand).callsFake(answering('PutParameter', none));
  const Subscriptions = [{ SubscriptionArn: `${topic}:1` }];
  sns
    .on(ListSubscriptionsByTopicCommand)
    .callsFake(answering('ListSubscriptionsByTopic', () => ({ Subscriptions })));
  sns.on(PublishCommand).callsFake(answering('Publish', none));
  sqs.on(SendMessageCommand).callsFake(answering('SendMessage', none));
  hub.on(GetFindingsCommand).callsFake(answering('GetFindings', none));
  hub.on(BatchUpdateFindingsCommand).callsFake(answering('BatchUpdateFindings', none));
});

describe('restart-trail', () => {
  it('makes five calls for a stopped trail besides reading the settings, nothing that can wait before the restart', async () => {
    const { handler } = await import('./restart-trail/handler.ts');
    expect(await handler(sample('restart-trail'), context)).toMatchObject([{ result: 'verified' }]);
    expect(calls.slice(0, 2).sort()).toEqual(['GetParameters', 'GetTrailStatus']);
    expect(calls.slice(2)).toEqual(['PutItem', 'StartLogging', 'GetTrailStatus', 'UpdateItem']);
  });

  it('sends an event that it cannot read to the dead letters, with the path of the wrong field', async () => {
    const { handler } = await import('./restart-trail/handler.ts');
    await handler({ source: 'aws.cloudtrail' }, context);
    const body: unknown = JSON.parse(
      sqs.commandCalls(SendMessageCommand)[0]?.args[0].input.MessageBody ?? '',
    );
    expect(body).toMatchObject({ error: { name: 'MalformedEventError', path: 'detail-type' } });
  });
});

describe('restore-trail', () => {
  it('reads the trail and its baseline, and tells where there is none', async () => {
    const { handler } = await import('./restore-trail/handler.ts');
    expect(await handler(sample('restore-trail'), context)).toMatchObject([{ result: 'told' }]);
    expect(calls).toEqual([
      'GetTrail',
      'GetEventSelectors',
      'ListTags',
      'GetItem',
      'GetParameters',
      'PutItem',
      'UpdateItem',
    ]);
  });
});

describe('answer-finding', () => {
  it('starts the trail and writes on the finding', async () => {
    const { handler } = await import('./answer-finding/handler.ts');
    const stored: Record<string, unknown>[] = [];
    dynamo.on(UpdateItemCommand).callsFake((input) => {
      const { ':record': record } = input.ExpressionAttributeValues ?? {};
      if (record) stored.push(record);
      return {};
    });
    dynamo.on(GetItemCommand).callsFake(() => ({ Item: { record: stored.at(-1) } }));
    expect(await handler(sample('answer-finding'), context)).toMatchObject([
      { result: 'verified' },
    ]);
    expect(calls).toContain('BatchUpdateFindings');
  });

  it("reads GuardDuty's own event", async () => {
    const { handler } = await import('./answer-finding/handler.ts');
    expect(await handler(sample('answer-finding-guardduty'), context)).toMatchObject([
      { result: 'verified' },
    ]);
    expect(calls).not.toContain('BatchUpdateFindings');
  });
});

describe('sweep', () => {
  it('writes its canary, looks at all trails and at the subscriptions', async () => {
    const { handler } = await import('./sweep/handler.ts');
    expect(await handler(sample('sweep'), context)).toMatchObject({ trails: 1, problems: [] });
    expect(calls).toEqual(expect.arrayContaining(['PutParameter', 'ListTrails', 'StartLogging']));
  });

  it('logs a part that failed and reports it', async () => {
    const { handler } = await import('./sweep/handler.ts');
    ssm.on(PutParameterCommand).rejects(new RangeError('down'));
    expect(await handler(sample('sweep'), context)).toMatchObject({ problems: ['canary'] });
  });
});

describe('watch-storage', () => {
  it('tells of a change to the bucket of a trail', async () => {
    const { handler } = await import('./watch-storage/handler.ts');
    expect(await handler(sample('watch-storage'), context)).toMatchObject([{ result: 'told' }]);
  });
});

describe('watch-self', () => {
  it('publishes to both topics', async () => {
    const { handler } = await import('./watch-self/handler.ts');
    expect(await handler(sample('watch-self'), context)).toMatchObject([{ result: 'told' }]);
    const topics = sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input.TopicArn);
    expect(topics).toEqual([topic, `${topic}-last-resort`]);
  });

  it('publishes although the table fails', async () => {
    const { handler } = await import('./watch-self/handler.ts');
    dynamo
      .on(PutItemCommand)
      .rejects(new ConditionalCheckFailedException({ $metadata: {}, message: 'held' }));
    expect(await handler(sample('watch-self'), context)).toMatchObject([{ result: 'told' }]);
  });
});

describe('check-delivery', () => {
  it('sends a message about a record that does not exist to the dead letters', async () => {
    const { handler } = await import('./check-delivery/handler.ts');
    const event = sample('check-delivery');
    expect(await handler({ Records: [], ...event }, context)).toEqual({ batchItemFailures: [] });
    expect(calls).toEqual(['GetItem', 'SendMessage']);
  });
});
