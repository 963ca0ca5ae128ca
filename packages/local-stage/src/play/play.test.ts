import {
  CloudTrailClient,
  CloudTrailServiceException,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  PutInsightSelectorsCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { isCloudTrailLoggingDisabled, parseEvent, stoppedTrailsOf } from '@riposte/findings';
import { mockClient } from 'aws-sdk-client-mock';
import { stageClients } from '../clients.ts';
import type { DeliverOptions, ServiceEvent } from '../delivery/types.ts';
import type { HeardEvent } from '../hub-desk.ts';
import type { RecordedCall } from '../proxy/types.ts';
import { createPlay } from './create-play.ts';
import { loggingDisabledEvent } from './logging-disabled-finding.ts';
import type { PlayedService } from './types.ts';

const home = { accountId: '123456789012', region: 'us-east-1' };
const endpoint = 'http://127.0.0.1:1';

const trails = mockClient(CloudTrailClient);
const others = [
  mockClient(DynamoDBClient),
  mockClient(EventBridgeClient),
  mockClient(IAMClient),
  mockClient(KMSClient),
  mockClient(S3Client),
  mockClient(SNSClient),
  mockClient(SQSClient),
  mockClient(SSMClient),
];
const lambda = mockClient(LambdaClient);

/** Whether the one trail logs, asked for before and after each call. */
let logging: boolean[];
let delivered: { event: unknown; options: DeliverOptions | undefined }[];
let heard: HeardEvent[];
let calls: RecordedCall[];

function play() {
  return createPlay({
    ...{ endpoint, home, clients: stageClients({ proxy: endpoint, emulator: endpoint }) },
    delivery: {
      deliver: async (event, options) => {
        delivered.push({ event, options });
        return { eventId: 'e', matched: ['rule'], targets: [] };
      },
      deliverMany: async () => [],
    },
    hub: { take: async () => heard, click: async () => heard },
    calls: async () => calls,
  });
}

beforeEach(() => {
  for (const mock of [trails, lambda, ...others]) mock.reset();
  logging = [];
  delivered = [];
  heard = [];
  calls = [];
  trails.on(DescribeTrailsCommand).resolves({ trailList: [{ TrailARN: 'arn:trail' }] });
  trails.on(GetTrailStatusCommand).callsFake(() => ({ IsLogging: logging.shift() ?? true }));
  trails.on(GetEventSelectorsCommand).resolves({ EventSelectors: [{}] });
});

function detailOf({ event }: { readonly event: ServiceEvent }): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event.detail));
}

describe('playing a call', () => {
  it('makes it for real and delivers the event that CloudTrail sends', async () => {
    const played = await play().stopTrail('main', {
      caller: { userName: 'eve', mfa: true, sourceIp: '198.51.100.1', userAgent: 'curl' },
    });
    expect(trails.commandCalls(StopLoggingCommand)[0]?.args[0].input).toEqual({ Name: 'main' });
    expect(played.delivery?.matched).toEqual(['rule']);
    expect(delivered).toEqual([{ event: played.event, options: { always: true } }]);
    const event = parseEvent(played.event);
    expect(event).toMatchObject({
      ...{ type: 'api-call', eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' },
      ...{ accountId: home.accountId, awsRegion: home.region, readOnly: false },
      requestParameters: { name: 'main' },
      actor: {
        ...{ type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/eve', mfa: true },
        ...{ sourceIp: '198.51.100.1', userAgent: 'curl' },
      },
    });
  });

  it('delivers the call that ended the logging, and not one that nobody logged', async () => {
    logging = [true, false];
    expect((await play().stopTrail('main')).delivery?.withheld).toBeUndefined();
    logging = [false, true];
    expect((await play().stopTrail('main')).delivery?.withheld).toBeUndefined();
    logging = [false, false];
    expect((await play().stopTrail('main')).delivery).toMatchObject({
      withheld: 'no trail logs this call in 123456789012 us-east-1',
    });
    logging = [false, false];
    const always = await play().stopTrail('main', { deliver: { always: true, duplicates: 1 } });
    expect(always.delivery?.withheld).toBeUndefined();
    expect(delivered.at(-1)?.options).toEqual({ always: true, duplicates: 1 });
  });

  it('does not deliver what is not to be delivered', async () => {
    const played = await play().stopTrail('main', { deliver: false });
    expect(played.delivery).toBeUndefined();
    expect(delivered).toEqual([]);
  });

  it('has an event of a failed call too', async () => {
    const denied = new CloudTrailServiceException({
      ...{ name: 'AccessDeniedException', message: 'no', $fault: 'client', $metadata: {} },
    });
    trails.on(StopLoggingCommand).rejects(denied);
    const played = await play().stopTrail('main');
    expect(played.errorCode).toBe('AccessDenied');
    expect(detailOf(played)).toMatchObject({ errorCode: 'AccessDenied', errorMessage: 'no' });
  });

  it('fails where there is no such operation', async () => {
    const call = { service: 'cloudtrail' as const, operation: 'StopEverything', input: {} };
    await expect(play().apiCall(call)).rejects.toMatchObject({ name: 'UnknownOperationError' });
  });

  it('writes parameters and answers the way CloudTrail does', async () => {
    trails.on(UpdateTrailCommand).resolves({ Name: 'main', S3BucketName: 'other' });
    const updated = await play().updateTrail('main', { S3BucketName: 'other' });
    expect(detailOf(updated)).toMatchObject({
      requestParameters: { name: 'main', s3BucketName: 'other' },
      responseElements: { name: 'main', s3BucketName: 'other' },
    });
    const selected = await play().putEventSelectors('main', {
      EventSelectors: [{ ReadWriteType: 'ReadOnly', DataResources: [] }],
    });
    expect(detailOf(selected)).toMatchObject({
      requestParameters: {
        trailName: 'main',
        eventSelectors: [{ readWriteType: 'ReadOnly', dataResources: [] }],
      },
    });
    await play().putInsightSelectors('main', ['ApiCallRateInsight']);
    expect(trails.commandCalls(PutInsightSelectorsCommand)[0]?.args[0].input).toEqual({
      TrailName: 'main',
      InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }],
    });
    expect(detailOf(await play().deleteTrail('main')).responseElements).toBeNull();
  });

  it('names keys and buckets the way their services do', async () => {
    const key = await play().disableKey('1234');
    expect(detailOf(key)).toMatchObject({
      requestParameters: { keyId: '1234' },
      resources: [{ ARN: 'arn:aws:kms:us-east-1:123456789012:key/1234' }],
    });
    const arn = 'arn:aws:kms:us-east-1:123456789012:key/5678';
    expect(detailOf(await play().scheduleKeyDeletion(arn))).toMatchObject({
      requestParameters: { keyId: arn, pendingWindowInDays: 7 },
      resources: [{ ARN: arn }],
    });
    const policy = await play().putBucketPolicy('logs', { Statement: [] });
    expect(detailOf(policy)).toMatchObject({
      eventName: 'PutBucketPolicy',
      requestParameters: { bucketName: 'logs', bucketPolicy: { Statement: [] }, policy: '' },
      resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::logs' }],
      responseElements: null,
    });
    const lifecycle = await play().putBucketLifecycle('logs', [{ Status: 'Enabled' }]);
    expect(detailOf(lifecycle)).toMatchObject({
      eventName: 'PutBucketLifecycle',
      requestParameters: { LifecycleConfiguration: { Rules: [{ Status: 'Enabled' }] } },
    });
    const gone = [await play().deleteBucket('logs'), await play().deleteBucketPolicy('logs')];
    expect(gone.map((played) => detailOf(played).eventName)).toEqual([
      ...['DeleteBucket', 'DeleteBucketPolicy'],
    ]);
    const object = { service: 's3' as const, operation: 'DeleteObject' };
    const removed = await play().apiCall({ ...object, input: { Bucket: 'logs', Key: 'a' } });
    expect(detailOf(removed)).toMatchObject({ requestParameters: { key: 'a' } });
  });

  it.each([
    ['dynamodb', 'DeleteTable', 'DeleteTable'],
    ['events', 'DisableRule', 'DisableRule'],
    ['lambda', 'PutFunctionConcurrency', 'PutFunctionConcurrency20171031'],
    ['lambda', 'PutFunctionRecursionConfig', 'PutFunctionRecursionConfig'],
    ['sns', 'Unsubscribe', 'Unsubscribe'],
    ['sqs', 'DeleteQueue', 'DeleteQueue'],
    ['ssm', 'PutParameter', 'PutParameter'],
  ] as readonly [PlayedService, string, string][])(
    'calls %s %s, which CloudTrail calls %s',
    async (service, operation, eventName) => {
      const played = await play().apiCall({
        ...{ service, operation, input: { Name: 'x', Body: Buffer.from('a'), At: new Date() } },
      });
      expect(played.event.source).toBe(`aws.${service}`);
      expect(detailOf(played)).toMatchObject({ eventName, requestParameters: { name: 'x' } });
    },
  );

  it.each([
    ['eu-west-1', 'us-east-1'],
    ['cn-northwest-1', 'cn-north-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
  ])('tells calls to IAM made in %s in %s', async (region, told) => {
    const call = { service: 'iam' as const, operation: 'DeleteRole', input: { RoleName: 'x' } };
    const { event } = await play().apiCall({ ...call, region, accountId: '210987654321' });
    expect(event).toMatchObject({ region: told, account: '210987654321' });
  });
});

describe('a caller', () => {
  const identityOf = async (caller: object) => {
    const played = await play().stopTrail('main', { caller, deliver: false });
    return detailOf(played).userIdentity;
  };

  it('may be a role, by name or by ARN of another account', async () => {
    expect(
      await identityOf({ type: 'AssumedRole', role: 'Ops', sessionName: 'eve' }),
    ).toMatchObject({
      type: 'AssumedRole',
      arn: 'arn:aws:sts::123456789012:assumed-role/Ops/eve',
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::123456789012:role/Ops', userName: 'Ops' },
        attributes: { mfaAuthenticated: 'false' },
      },
    });
    const role = 'arn:aws:iam::210987654321:role/path/Ops';
    expect(await identityOf({ type: 'AssumedRole', role })).toMatchObject({
      accountId: '210987654321',
      arn: 'arn:aws:sts::210987654321:assumed-role/Ops/session',
      sessionContext: { sessionIssuer: { arn: role } },
    });
    expect(await identityOf({ type: 'AssumedRole' })).toMatchObject({
      arn: 'arn:aws:sts::123456789012:assumed-role/Admin/session',
    });
  });

  it('may be root, a service, or a user without a session', async () => {
    expect(await identityOf({ type: 'Root', mfa: true })).toMatchObject({
      type: 'Root',
      arn: 'arn:aws:iam::123456789012:root',
      sessionContext: { attributes: { mfaAuthenticated: 'true' } },
    });
    expect(await identityOf({ type: 'AWSService' })).toEqual({
      type: 'AWSService',
      invokedBy: 'cloudformation.amazonaws.com',
    });
    const user = await identityOf({ accessKeyId: 'AKIAEXAMPLE', accountId: '210987654321' });
    expect(user).toMatchObject({ userName: 'mallory', accessKeyId: 'AKIAEXAMPLE' });
    expect(user).not.toHaveProperty('sessionContext');
  });
});

describe('the finding of disabled logging', () => {
  it.each(['guardduty', 'asff', 'ocsf'] as const)('is read from its %s form', (form) => {
    const arn = 'arn:aws:cloudtrail:eu-west-1:210987654321:trail/other';
    const where = { accountId: '210987654321', region: 'eu-west-1' };
    const finding = { ...where, trails: ['main', arn], id: 'abc', createdAt: new Date(0) };
    const event = parseEvent(loggingDisabledEvent(form, finding, home));
    const findings = 'findings' in event ? event.findings : [];
    expect(findings).toHaveLength(1);
    for (const one of findings) {
      expect(isCloudTrailLoggingDisabled(one)).toBe(true);
      expect([...stoppedTrailsOf(one)].sort()).toEqual([arn.replace('other', 'main'), arn]);
      expect(one).toMatchObject({ ...where, severity: 'low' });
      expect(one.id).toMatch(
        /^arn:aws:guardduty:eu-west-1:210987654321:detector\/\w+\/finding\/abc$/,
      );
    }
  });

  it('is delivered as GuardDuty sends it', async () => {
    const { event } = await play().loggingDisabledFinding(
      'guardduty',
      { trails: ['main'], caller: { userName: 'eve', accessKeyId: 'AKIA1', sourceIp: '1.2.3.4' } },
      { duplicates: 1 },
    );
    expect(delivered).toEqual([{ event, options: { duplicates: 1 } }]);
  });

  it('goes into Security Hub otherwise, which tells of it once', async () => {
    const report = { eventId: 'x', matched: ['rule'], targets: [] };
    const event = loggingDisabledEvent('asff', { trails: ['main'] }, home);
    heard = [{ event, delivery: report }];
    const told = await play().loggingDisabledFinding('asff', { trails: ['main'] });
    expect(told).toEqual({ event, delivery: report });
    expect(await play().clickCustomAction('arn:action', ['id'])).toEqual([report]);
    const other = loggingDisabledEvent('asff', { trails: ['other'] }, home);
    const modern = loggingDisabledEvent('ocsf', { trails: ['main'] }, home);
    const unasked = [other, modern].map((sent) => ({ event: sent, delivery: { ...report } }));
    heard = [...unasked, { event, delivery: report }];
    expect(await play().loggingDisabledFinding('asff', { trails: ['main'] })).toEqual(told);
    heard = unasked.slice(0, 1);
    const again = await play().loggingDisabledFinding('ocsf', { trails: ['main'] });
    expect(again.delivery.withheld).toMatch(/has this finding/);
  });
});

describe('findings of other services', () => {
  it('go into Security Hub, which tells of them', async () => {
    const event = loggingDisabledEvent('asff', { trails: ['main'] }, home);
    heard = [{ event, delivery: { eventId: 'x', matched: [], targets: [] } }];
    expect(await play().serviceFindings('asff', [{ Id: 'of Macie' }])).toEqual(heard);
  });
});

describe('calls of functions', () => {
  const call: RecordedCall = {
    ...{ id: 1, time: '2026-01-01T00:00:00.000Z', durationMs: 1, service: 'cloudtrail' },
    ...{ operation: 'StartLogging', appId: 'riposte-restart', userAgent: 'sdk', ...home },
    ...{ accessKeyId: home.accountId, parameters: { Name: 'main' }, status: 200 },
  };
  const roleArn = 'arn:aws:iam::123456789012:role/restart';

  beforeEach(() => {
    lambda
      .on(ListFunctionsCommand)
      .resolves({ Functions: [{ FunctionName: 'other' }], NextMarker: 'more' })
      .on(ListFunctionsCommand, { Marker: 'more' })
      .resolves({
        Functions: [
          {
            ...{ FunctionName: 'riposte-guard-local-restart', Role: roleArn },
            Environment: { Variables: { RIPOSTE_FUNCTION: 'restart' } },
          },
        ],
      });
  });

  it('are told once, with the role of the function', async () => {
    const stage = play();
    calls = [call];
    const [event] = await stage.functionCalls();
    expect(event && parseEvent(event)).toMatchObject({
      eventName: 'StartLogging',
      requestParameters: { name: 'main' },
      actor: { issuerArn: roleArn, sessionName: 'riposte-guard-local-restart' },
    });
    expect(delivered).toHaveLength(1);
    expect(await stage.functionCalls()).toEqual([]);
    calls = [
      call,
      { ...call, id: 2, appId: 'riposte-unknown', errorCode: 'TrailNotFoundException' },
    ];
    const [failed] = await stage.functionCalls(false);
    expect(failed && parseEvent(failed)).toMatchObject({ errorCode: 'TrailNotFoundException' });
    expect(delivered).toHaveLength(1);
  });

  it('are told with the role that was assumed in another account', async () => {
    const member = 'arn:aws:iam::210987654321:role/riposte-member-local';
    calls = [{ ...call, accountId: '210987654321', roleArn: member }];
    const [event] = await play().functionCalls(false);
    expect(event && parseEvent(event)).toMatchObject({ actor: { issuerArn: member } });
  });

  it('leave out reads, data events, cut calls and other callers', async () => {
    calls = [
      { ...call, operation: 'GetTrailStatus' },
      { ...call, service: 'dynamodb', operation: 'PutItem' },
      { ...call, service: 'events', operation: 'PutEvents' },
      { ...call, status: 0 },
      { ...call, appId: 'stage-play' },
    ];
    expect(await play().functionCalls()).toEqual([]);
  });
});
