import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { type StageClients, stageClients } from '../clients.ts';
import { createDelivery } from './create-delivery.ts';
import { canMatchSource } from './matching-rules.ts';
import { admits, admitsAdvanced } from './trail-coverage.ts';

const home = { accountId: '123456789012', region: 'us-east-1' };
const endpoint = 'http://127.0.0.1:1';
const lambdaArn = 'arn:aws:lambda:us-east-1:123456789012:function:restart';
const queueArn = 'arn:aws:sqs:us-east-1:123456789012:queue';
const stopLogging = {
  source: 'aws.cloudtrail',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' },
};

const events = mockClient(EventBridgeClient);
const lambda = mockClient(LambdaClient);
const sqs = mockClient(SQSClient);
const sns = mockClient(SNSClient);
const trails = mockClient(CloudTrailClient);

let clients: StageClients;
beforeEach(() => {
  for (const mock of [events, lambda, sqs, sns, trails]) mock.reset();
  clients = stageClients({ proxy: endpoint, emulator: endpoint });
  events.on(TestEventPatternCommand).resolves({ Result: true });
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  sqs.on(GetQueueUrlCommand).resolves({ QueueUrl: `${endpoint}/queue` });
  sqs.on(SendMessageCommand).resolves({});
  sns.on(PublishCommand).resolves({});
  trails.on(DescribeTrailsCommand).resolves({ trailList: [] });
});

function rules(targets: readonly object[], rule: object = {}) {
  events.on(ListRulesCommand).resolves({
    Rules: [
      { Name: 'rule', Arn: 'arn:rule', EventPattern: '{"source":["aws.cloudtrail"]}', ...rule },
    ],
  });
  events
    .on(ListTargetsByRuleCommand)
    .resolves({ Targets: targets.map((t) => ({ Id: 't', Arn: '', ...t })) });
}

const deliver = (event: unknown, options = {}) =>
  createDelivery(clients, home).deliver(event, options);

describe('delivering an event', () => {
  it('invokes a function the way EventBridge does', async () => {
    rules([{ Arn: lambdaArn }]);
    const report = await deliver(stopLogging, { delayMs: 1 });
    expect(report.matched).toEqual(['rule']);
    expect(report.targets).toEqual([
      {
        ruleArn: 'arn:rule',
        targetId: 't',
        targetArn: lambdaArn,
        outcome: 'delivered',
        attempts: 1,
      },
    ]);
    const [invocation] = lambda.commandCalls(InvokeCommand);
    expect(invocation?.args[0].input).toMatchObject({
      FunctionName: lambdaArn,
      InvocationType: 'Event',
    });
    const payload = JSON.parse(String(invocation?.args[0].input.Payload));
    expect(payload).toMatchObject({ account: '123456789012', region: 'us-east-1', version: '0' });
  });

  it('sends duplicates', async () => {
    rules([{ Arn: lambdaArn }]);
    const report = await deliver(stopLogging, { duplicates: 2 });
    expect(report.targets).toHaveLength(3);
    expect(report.matched).toEqual(['rule']);
  });

  it('asks no rule that is off, a schedule, or about other sources', async () => {
    events
      .on(ListRulesCommand, { NextToken: undefined })
      .resolves({
        Rules: [
          { Name: 'off', State: 'DISABLED', EventPattern: '{}' },
          { Name: 'schedule' },
          { Name: 'other', EventPattern: '{"source":["aws.s3"]}' },
        ],
        NextToken: 'more',
      })
      .on(ListRulesCommand, { NextToken: 'more' })
      .resolves({ Rules: [{ Name: 'no', EventPattern: '{}' }] });
    events.on(TestEventPatternCommand).resolves({ Result: false });
    const report = await deliver(stopLogging);
    expect(report).toMatchObject({ matched: [], targets: [] });
    expect(events.commandCalls(TestEventPatternCommand)).toHaveLength(1);
  });

  it('sends to queues and topics, and ignores what it does not play', async () => {
    rules([
      { Arn: queueArn },
      { Arn: `${queueArn}.fifo`, SqsParameters: { MessageGroupId: 'g' } },
      { Arn: 'arn:aws:sns:us-east-1:123456789012:topic' },
      { Arn: 'arn:aws:logs:us-east-1:123456789012:log-group:x' },
      { Arn: 'odd' },
      { Arn: undefined },
    ]);
    const report = await deliver(stopLogging);
    expect(report.targets.map(({ outcome }) => outcome)).toEqual([
      ...['delivered', 'delivered', 'delivered', 'ignored', 'ignored', 'ignored'],
    ]);
    const sent = sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input);
    expect(sent.map(({ MessageGroupId }) => MessageGroupId)).toEqual([undefined, 'g']);
    expect(sns.commandCalls(PublishCommand)).toHaveLength(1);
  });

  it('tries again, and then puts the event into the dead-letter queue with the reason', async () => {
    rules([
      {
        Arn: lambdaArn,
        DeadLetterConfig: { Arn: queueArn },
        RetryPolicy: { MaximumRetryAttempts: 1 },
      },
    ]);
    lambda.on(InvokeCommand).rejects(new RangeError('busy'));
    const report = await deliver(stopLogging);
    expect(report.targets[0]).toMatchObject({
      ...{ outcome: 'dead-lettered', attempts: 2, note: 'RangeError: busy' },
    });
    const [message] = sqs.commandCalls(SendMessageCommand);
    expect(message?.args[0].input.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'SDK_CLIENT_ERROR' },
      RETRY_ATTEMPTS: { StringValue: '1' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
    });
  });

  it('does not try again what cannot work, and drops it without a dead-letter queue', async () => {
    rules([{ Arn: lambdaArn }]);
    const gone = new ResourceNotFoundException({ message: 'gone', $metadata: {} });
    lambda.on(InvokeCommand).rejects(gone);
    const report = await deliver(stopLogging);
    expect(report.targets[0]).toMatchObject({ outcome: 'dropped', attempts: 1 });
  });

  it('says that a target denies', async () => {
    rules([{ Arn: lambdaArn, DeadLetterConfig: { Arn: queueArn } }]);
    const denied = Object.assign(new RangeError(''), { name: 'AccessDeniedException' });
    lambda.on(InvokeCommand).rejects(denied);
    await deliver(stopLogging);
    const [message] = sqs.commandCalls(SendMessageCommand);
    expect(message?.args[0].input.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      ERROR_MESSAGE: { StringValue: 'AccessDeniedException' },
    });
  });

  it('follows a bus to another account, as often as EventBridge does', async () => {
    const bus = 'arn:aws:events:eu-west-1:210987654321:event-bus/central';
    rules([{ Arn: bus }]);
    const report = await deliver(stopLogging);
    expect(report.matched).toHaveLength(4);
    expect(report.targets.map(({ outcome }) => outcome)).toEqual([
      ...['delivered', 'delivered', 'delivered', 'ignored'],
    ]);
    const buses = events
      .commandCalls(ListRulesCommand)
      .map(({ args }) => args[0].input.EventBusName);
    expect(buses).toEqual(['default', 'central', 'central', 'central']);
  });

  it('refuses what is no event, naming the field', async () => {
    await expect(deliver({ source: 'x', 'detail-type': 'y', detail: [] })).rejects.toMatchObject({
      name: 'MalformedServiceEventError',
      path: 'detail',
    });
    await expect(deliver(7)).rejects.toMatchObject({ path: '(root)' });
  });
});

describe('an API-call event', () => {
  const update = { ...stopLogging, detail: { ...stopLogging.detail, eventName: 'UpdateTrail' } };
  const trailSays = (status: object, selectors: object) => {
    trails.on(DescribeTrailsCommand).resolves({ trailList: [{ TrailARN: 'arn:trail' }] });
    trails.on(GetTrailStatusCommand).resolves(status);
    trails.on(GetEventSelectorsCommand).resolves(selectors);
  };
  const all = { EventSelectors: [{ ReadWriteType: 'All' as const }] };

  beforeEach(() => rules([{ Arn: lambdaArn }]));

  it('is withheld where no trail logs, StopLogging and DeleteTrail excepted', async () => {
    await expect(deliver(update)).resolves.toMatchObject({
      withheld: 'no trail logs this call in 123456789012 us-east-1',
      targets: [],
    });
    expect((await deliver(stopLogging)).withheld).toBeUndefined();
    expect((await deliver(update, { always: true })).withheld).toBeUndefined();
    expect((await deliver({ ...update, 'detail-type': 'Other' })).withheld).toBeUndefined();
  });

  it('is sent where a trail logs it', async () => {
    trailSays({ IsLogging: true }, all);
    expect((await deliver(update)).withheld).toBeUndefined();
    trailSays({ IsLogging: false }, all);
    expect((await deliver(update)).withheld).toBeDefined();
    trailSays({ IsLogging: true }, {});
    expect((await deliver(update)).withheld).toBeDefined();
    const advanced = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] };
    trailSays({ IsLogging: true }, { AdvancedEventSelectors: [advanced] });
    expect((await deliver(update)).withheld).toBeDefined();
  });
});

describe('event selectors', () => {
  const call = { eventSource: 'kms.amazonaws.com', readOnly: false };

  it.each([
    [{}, true],
    [{ IncludeManagementEvents: false }, false],
    [{ ReadWriteType: 'ReadOnly' as const }, false],
    [{ ReadWriteType: 'WriteOnly' as const }, true],
    [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }, false],
  ])('%j admit a write call of KMS: %s', (selector, isAdmitted) => {
    expect(admits(selector, call)).toBe(isAdmitted);
  });

  it('admit reads by kind', () => {
    expect(admits({ ReadWriteType: 'ReadOnly' }, { ...call, readOnly: true })).toBe(true);
  });

  it.each([
    [undefined, true],
    [[{ Field: 'eventCategory', Equals: ['Management'] }], true],
    [[{ Field: 'readOnly', Equals: ['true'] }], false],
    [[{ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }], false],
    [[{ Field: 'resources.type', Equals: ['AWS::S3::Object'] }], true],
  ])('of the advanced kind: %j admit it: %s', (FieldSelectors, isAdmitted) => {
    expect(admitsAdvanced({ FieldSelectors }, call)).toBe(isAdmitted);
  });
});

describe("a pattern's sources", () => {
  it('rule out others, unless they are no plain text', () => {
    expect(canMatchSource('{"source":["aws.s3"]}', 'aws.cloudtrail')).toBe(false);
    expect(canMatchSource('{"source":[{"prefix":"aws."}]}', 'aws.cloudtrail')).toBe(true);
    expect(canMatchSource('{}', 'aws.cloudtrail')).toBe(true);
  });
});
