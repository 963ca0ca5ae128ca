import { describe, expect, it } from '@jest/globals';
import { parseCloudTrailRecord, parseCloudTrailRecords } from './index.ts';
import { cloudTrailRecord } from './testing/samples.ts';
import { thrownBy } from './testing/thrown-by.ts';

const insight = cloudTrailRecord({
  eventName: undefined,
  eventSource: undefined,
  userIdentity: undefined,
  requestParameters: undefined,
  eventType: 'AwsCloudTrailInsight',
  eventCategory: 'Insight',
  insightDetails: {
    state: 'Start',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    insightType: 'ApiCallRateInsight',
  },
});

describe('parseCloudTrailRecord', () => {
  it('reads who did what, and keeps the record', () => {
    const raw = cloudTrailRecord();
    const record = parseCloudTrailRecord(raw);
    expect(record).toEqual({
      eventId: 'c9e1a7d4-0000-4000-8000-000000000001',
      eventName: 'StopLogging',
      eventSource: 'cloudtrail.amazonaws.com',
      eventTime: '2026-11-24T02:59:59Z',
      awsRegion: 'eu-west-1',
      recipientAccountId: '123456789012',
      actor: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::123456789012:assumed-role/Admin/mallory',
        issuerArn: 'arn:aws:iam::123456789012:role/Admin',
        sessionName: 'mallory',
        accessKeyId: 'ASIAEXAMPLE',
        mfa: false,
        sourceIp: '198.51.100.7',
        userAgent: 'aws-cli/2.31',
      },
      requestParameters: { name: 'main' },
      responseElements: {},
      resourceArns: [],
      readOnly: false,
      raw,
    });
    expect(record.raw).toBe(raw);
  });

  it('reads why a call failed, and every resource', () => {
    const resources = [
      { ARN: 'arn:aws:s3:::a', accountId: '123456789012', type: 'AWS::S3::Bucket' },
      { arn: 'arn:aws:s3:::b' },
      { type: 'AWS::S3::Object' },
    ];
    const record = parseCloudTrailRecord(
      cloudTrailRecord({ errorCode: 'AccessDenied', errorMessage: 'no', resources }),
    );
    expect(record).toMatchObject({
      errorCode: 'AccessDenied',
      errorMessage: 'no',
      resourceArns: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
    });
  });

  it.each([
    ['true', true],
    [true, true],
    ['false', false],
    [undefined, undefined],
  ])('reads whether MFA was used from %p', (mfaAuthenticated, mfa) => {
    const sessionContext = { attributes: { mfaAuthenticated } };
    const userIdentity = { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ann', sessionContext };
    const { actor } = parseCloudTrailRecord(cloudTrailRecord({ userIdentity }));
    expect(actor.mfa).toBe(mfa);
    expect(actor).not.toHaveProperty('sessionName');
  });

  it('names the service that calls where no principal does', () => {
    const userIdentity = { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' };
    expect(parseCloudTrailRecord(cloudTrailRecord({ userIdentity })).actor).toMatchObject({
      type: 'AWSService',
      arn: 'autoscaling.amazonaws.com',
    });
  });

  it('reads a service event, which nobody called', () => {
    const record = parseCloudTrailRecord(
      cloudTrailRecord({
        eventName: 'RotateKey',
        eventSource: 'kms.amazonaws.com',
        eventType: 'AwsServiceEvent',
        userIdentity: undefined,
        requestParameters: null,
        sourceIPAddress: undefined,
        userAgent: undefined,
        serviceEventDetails: { keyId: 'k' },
      }),
    );
    expect(record).toMatchObject({ eventName: 'RotateKey', actor: {}, requestParameters: {} });
  });

  it('reads an Insights event by the calls that were unusual', () => {
    expect(parseCloudTrailRecord(insight)).toMatchObject({
      eventName: 'RunInstances',
      eventSource: 'ec2.amazonaws.com',
      eventId: 'c9e1a7d4-0000-4000-8000-000000000001',
      actor: {},
    });
  });

  it('reads records of early versions, without id and recipient', () => {
    const record = parseCloudTrailRecord(
      cloudTrailRecord({ eventID: undefined, recipientAccountId: undefined, readOnly: undefined }),
    );
    expect(record.eventId).toBe('');
    expect(record).not.toHaveProperty('recipientAccountId');
    expect(record).not.toHaveProperty('readOnly');
  });

  it.each([
    ['eventName', cloudTrailRecord({ eventName: undefined })],
    ['eventName', cloudTrailRecord({ eventName: '' })],
    ['eventSource', cloudTrailRecord({ eventSource: 7 })],
    ['eventSource', cloudTrailRecord({ eventSource: 'aws:s3' })],
    ['eventTime', cloudTrailRecord({ eventTime: undefined })],
    ['awsRegion', cloudTrailRecord({ awsRegion: null })],
    ['eventID', cloudTrailRecord({ eventID: {} })],
    ['insightDetails.eventName', { ...insight, insightDetails: { eventSource: 'ec2' } }],
    ['insightDetails', { ...insight, insightDetails: null }],
    ['(root)', 'text'],
    ['(root)', undefined],
  ])('rejects a record that is wrong at %s', (path, input) => {
    expect(thrownBy(() => parseCloudTrailRecord(input))).toMatchObject({
      name: 'MalformedEventError',
      path,
    });
  });
});

describe('parseCloudTrailRecords', () => {
  const records = [cloudTrailRecord(), cloudTrailRecord({ eventName: 'DeleteTrail' })];
  const Events = records.map((record) => ({ CloudTrailEvent: JSON.stringify(record) }));

  it.each([
    ['a log file', { Records: records }],
    ['a list', records],
    ['Event history', { Events, NextToken: 'x' }],
  ])('reads every record of %s, in order', (_what, document) => {
    const read = parseCloudTrailRecords(document);
    expect(read.map(({ eventName }) => eventName)).toEqual(['StopLogging', 'DeleteTrail']);
    expect(read.map(({ raw }) => raw)).toEqual(records);
  });

  it('reads one record, and none of an empty file', () => {
    expect(parseCloudTrailRecords(cloudTrailRecord())).toHaveLength(1);
    expect(parseCloudTrailRecords({ Records: [] })).toEqual([]);
  });

  it.each([
    ['Records.1.eventTime', { Records: [records[0], cloudTrailRecord({ eventTime: '' })] }],
    ['Records', { Records: {} }],
    ['0', [null]],
    ['Events.0', { Events: [0] }],
    ['Events.0.CloudTrailEvent', { Events: [{ CloudTrailEvent: '{' }] }],
    ['Events.0.CloudTrailEvent', { Events: [{}] }],
    ['Events.1.CloudTrailEvent.eventName', { Events: [Events[0], { CloudTrailEvent: '{}' }] }],
    ['Records.0.eventSource', { Records: [cloudTrailRecord({ eventSource: 'aws:s3' })] }],
    ['(root)', 7],
  ])('names the path %s from the document’s root', (path, document) => {
    expect(thrownBy(() => parseCloudTrailRecords(document))).toMatchObject({
      name: 'MalformedEventError',
      path,
    });
  });
});
