import {
  AddTagsCommand,
  CloudTrailClient,
  CloudTrailServiceException,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  InsightNotEnabledException,
  ListTagsCommand,
  ListTrailsCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  RemoveTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudTrailPorts } from './cloud-trail-ports.ts';
import { sampleConfiguration } from './fake-trails.ts';
import { trailOf } from './trail-name.ts';

const aws = mockClient(CloudTrailClient);
const trails = cloudTrailPorts(({ region }) => new CloudTrailClient({ region }));
const home = { accountId: '123456789012', region: 'eu-west-1' };
const trail = trailOf('main', home);

function refusal(name: string, fault: 'client' | 'server' = 'client') {
  return new CloudTrailServiceException({ name, $fault: fault, $metadata: {}, message: name });
}

beforeEach(() => {
  aws.reset();
  aws.onAnyCommand().resolves({});
});

describe('the switch', () => {
  it('reads status and times in ISO 8601', async () => {
    aws.on(GetTrailStatusCommand).resolves({
      IsLogging: true,
      StartLoggingTime: new Date(1000),
      StopLoggingTime: new Date(0),
      LatestDeliveryTime: new Date(2000),
      LatestDeliveryError: 'NoSuchBucket',
    });
    expect(await trails.status(trail)).toEqual({
      isLogging: true,
      startedAt: '1970-01-01T00:00:01.000Z',
      stoppedAt: '1970-01-01T00:00:00.000Z',
      latestDeliveryAt: '1970-01-01T00:00:02.000Z',
      latestDeliveryError: 'NoSuchBucket',
    });
  });

  it('takes a status without times for a trail that never logged', async () => {
    expect(await trails.status(trail)).toEqual({ isLogging: false });
  });

  it('starts and stops by ARN', async () => {
    await trails.start(trail);
    await trails.stop(trail);
    expect(aws.commandCalls(StartLoggingCommand)[0]?.args[0].input).toEqual({ Name: trail.arn });
    expect(aws.commandCalls(StopLoggingCommand)[0]?.args[0].input).toEqual({ Name: trail.arn });
  });

  it.each([
    ['TrailNotFoundException', 'ResourceGoneError'],
    ['InvalidHomeRegionException', 'ResourceGoneError'],
    ['AccessDeniedException', 'AccessRefusedError'],
    ['NotOrganizationMasterAccountException', 'AccessRefusedError'],
    ['S3BucketDoesNotExistException', 'ChangeRejectedError'],
  ])('says %s in its own words, as what no retry mends', async (code, name) => {
    aws.on(StartLoggingCommand).rejects(refusal(code));
    await expect(trails.start(trail)).rejects.toMatchObject({
      name,
      retryable: false,
      path: trail.arn,
    });
  });

  it.each([
    [
      'InsufficientDependencyServiceAccessPermissionException',
      'organizations:DescribeOrganization',
    ],
    ['CloudTrailAccessNotEnabledException', 'aws organizations enable-aws-service-access'],
    ['NoManagementAccountSLRExistsException', 'aws iam create-service-linked-role'],
    ['NotOrganizationManagementAccountException', "only the organization's management account"],
    ['NotOrganizationMasterAccountException', "only the organization's management account"],
  ])(
    'says what lets a change of an organization trail through that fails with %s',
    async (code, advice) => {
      aws.on(UpdateTrailCommand).rejects(refusal(code));
      const update = trails.update(trail, { logFileValidationEnabled: true });
      await expect(update).rejects.toMatchObject({
        name: 'AccessRefusedError',
        retryable: false,
        code,
        advice: expect.stringContaining(advice),
        message: expect.stringContaining(`${code} (`),
      });
    },
  );

  it.each([
    ['throttling', refusal('ThrottlingException')],
    ['a conflict', refusal('ConflictException')],
    ['a fault of the service', refusal('InternalError', 'server')],
    ['a dead connection', new RangeError('ECONNRESET')],
  ])('leaves %s to a retry', async (_what, error) => {
    aws.on(StartLoggingCommand).rejects(error);
    await expect(trails.start(trail)).rejects.toBe(error);
  });

  it('says that a missing member role refuses access', async () => {
    const denied = Object.assign(new RangeError('no'), { name: 'AccessDenied' });
    const elsewhere = cloudTrailPorts(() => Promise.reject(denied));
    await expect(elsewhere.status(trail)).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  it('passes on what is thrown and is no error', async () => {
    const odd = cloudTrailPorts(() => Promise.reject('odd'));
    await expect(odd.status(trail)).rejects.toBe('odd');
  });
});

describe('the settings', () => {
  it('reads a trail with its selectors, Insights and tags', async () => {
    aws.on(GetTrailCommand).resolves({
      Trail: {
        Name: 'main',
        S3BucketName: 'logs',
        S3KeyPrefix: 'p',
        SnsTopicName: 't',
        IncludeGlobalServiceEvents: true,
        IsMultiRegionTrail: true,
        IsOrganizationTrail: true,
        LogFileValidationEnabled: true,
        CloudWatchLogsLogGroupArn: 'g',
        CloudWatchLogsRoleArn: 'r',
        KmsKeyId: 'k',
        HasInsightSelectors: true,
      },
    });
    aws.on(GetEventSelectorsCommand).resolves({
      EventSelectors: [
        { DataResources: [{ Type: 'AWS::S3::Object', Values: ['b', 'a'] }, {}] },
        { ReadWriteType: 'ReadOnly', ExcludeManagementEventSources: ['z', 'a'] },
      ],
      AdvancedEventSelectors: [
        {
          Name: 'n',
          FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'], NotEquals: [] }],
        },
        { FieldSelectors: undefined },
      ],
    });
    aws.on(GetInsightSelectorsCommand).resolves({
      InsightSelectors: [
        { InsightType: 'ApiErrorRateInsight' },
        { InsightType: 'ApiCallRateInsight' },
        {},
      ],
    });
    aws.on(ListTagsCommand).resolves({
      ResourceTagList: [{ TagsList: [{ Key: 'a', Value: 'b' }, { Key: 'c' }, { Key: undefined }] }],
    });
    expect(await trails.read(trail)).toEqual({
      name: 'main',
      s3BucketName: 'logs',
      s3KeyPrefix: 'p',
      snsTopicName: 't',
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: true,
      isOrganizationTrail: true,
      logFileValidationEnabled: true,
      cloudWatchLogsLogGroupArn: 'g',
      cloudWatchLogsRoleArn: 'r',
      kmsKeyId: 'k',
      eventSelectors: [
        {
          ReadWriteType: 'All',
          IncludeManagementEvents: true,
          DataResources: [
            { Type: 'AWS::S3::Object', Values: ['a', 'b'] },
            { Type: '', Values: [] },
          ],
          ExcludeManagementEventSources: [],
        },
        {
          ReadWriteType: 'ReadOnly',
          IncludeManagementEvents: true,
          DataResources: [],
          ExcludeManagementEventSources: ['a', 'z'],
        },
      ],
      advancedEventSelectors: [
        { Name: 'n', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] },
        { FieldSelectors: [] },
      ],
      insightTypes: ['ApiCallRateInsight', 'ApiErrorRateInsight'],
      tags: { a: 'b', c: '' },
    });
  });

  it('takes for off what CloudTrail does not say', async () => {
    expect(await trails.read(trail)).toEqual({
      name: '',
      s3BucketName: '',
      includeGlobalServiceEvents: false,
      isMultiRegionTrail: false,
      isOrganizationTrail: false,
      logFileValidationEnabled: false,
      eventSelectors: [],
      advancedEventSelectors: [],
      insightTypes: [],
      tags: {},
    });
    expect(aws.commandCalls(GetInsightSelectorsCommand)).toHaveLength(0);
  });

  it('takes Insights that were never enabled for none', async () => {
    aws.on(GetTrailCommand).resolves({ Trail: { HasInsightSelectors: true } });
    aws
      .on(GetInsightSelectorsCommand)
      .rejectsOnce(new InsightNotEnabledException({ $metadata: {}, message: 'off' }))
      .resolvesOnce({});
    expect((await trails.read(trail)).insightTypes).toEqual([]);
    expect((await trails.read(trail)).insightTypes).toEqual([]);
    aws.on(GetInsightSelectorsCommand).rejects(refusal('AccessDeniedException'));
    await expect(trails.read(trail)).rejects.toMatchObject({ name: 'AccessRefusedError' });
  });

  it('reads the selectors alone in one call', async () => {
    expect(await trails.selectors(trail)).toEqual({
      eventSelectors: [],
      advancedEventSelectors: [],
    });
    expect(aws.calls()).toHaveLength(1);
  });

  it('updates only what is given, in the words of CloudTrail', async () => {
    await trails.update(trail, {
      logFileValidationEnabled: true,
      kmsKeyId: '',
      isOrganizationTrail: true,
    });
    expect(aws.commandCalls(UpdateTrailCommand)[0]?.args[0].input).toEqual({
      Name: trail.arn,
      EnableLogFileValidation: true,
      KmsKeyId: '',
      IsOrganizationTrail: true,
    });
  });

  it('puts basic selectors, or advanced ones where there are any', async () => {
    const full = {
      ReadWriteType: 'WriteOnly',
      IncludeManagementEvents: true,
      DataResources: [
        { Type: 'AWS::S3::Object', Values: ['arn:'] },
        { Type: 'AWS::Lambda::Function' },
      ],
      ExcludeManagementEventSources: ['kms.amazonaws.com'],
    };
    await trails.putSelectors(trail, { eventSelectors: [full, {}], advancedEventSelectors: [] });
    const FieldSelectors = [{ Field: 'eventCategory', Equals: ['Management'] }];
    await trails.putSelectors(trail, {
      eventSelectors: [],
      advancedEventSelectors: [{ FieldSelectors }],
    });
    const [basic, advanced] = aws.commandCalls(PutEventSelectorsCommand);
    expect(basic?.args[0].input.EventSelectors).toEqual([full, { ReadWriteType: 'All' }]);
    expect(advanced?.args[0].input).toEqual({
      TrailName: trail.arn,
      AdvancedEventSelectors: [{ FieldSelectors }],
    });
  });

  it('puts Insights that CloudTrail knows', async () => {
    await trails.putInsights(trail, ['ApiCallRateInsight', 'ApiErrorRateInsight', 'Other']);
    expect(aws.commandCalls(PutInsightSelectorsCommand)[0]?.args[0].input.InsightSelectors).toEqual(
      [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
    );
  });

  it('adds and removes tags, and makes no call for none', async () => {
    await trails.changeTags(trail, { set: {}, remove: [] });
    expect(aws.calls()).toHaveLength(0);
    await trails.changeTags(trail, { set: { a: 'b' }, remove: ['c'] });
    expect(aws.commandCalls(AddTagsCommand)[0]?.args[0].input.TagsList).toEqual([
      { Key: 'a', Value: 'b' },
    ]);
    expect(aws.commandCalls(RemoveTagsCommand)[0]?.args[0].input.TagsList).toEqual([{ Key: 'c' }]);
  });

  it('creates a trail by name with all its settings, and deletes it', async () => {
    const configuration = sampleConfiguration({
      kmsKeyId: 'k',
      tags: { a: 'b' },
      isOrganizationTrail: true,
    });
    await trails.create(trail, configuration);
    await trails.create(trail, sampleConfiguration());
    const [full, plain] = aws.commandCalls(CreateTrailCommand);
    expect(full?.args[0].input).toEqual({
      Name: 'main',
      S3BucketName: 'trail-logs',
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
      IsOrganizationTrail: true,
      KmsKeyId: 'k',
      TagsList: [{ Key: 'a', Value: 'b' }],
    });
    expect(plain?.args[0].input).not.toHaveProperty('TagsList');
    await trails.remove(trail);
    expect(aws.commandCalls(DeleteTrailCommand)).toHaveLength(1);
  });
});

describe('the finder', () => {
  const shadow = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/far';
  const organization = 'arn:aws:cloudtrail:eu-west-1:999999999999:trail/org';

  beforeEach(() => {
    aws.on(DescribeTrailsCommand).resolves({
      trailList: [
        { TrailARN: trail.arn, S3BucketName: 'logs', KmsKeyId: 'k' },
        { TrailARN: shadow },
        { TrailARN: organization },
        {},
      ],
    });
  });

  it('finds a trail by ARN, else by name, in its home Region', async () => {
    expect((await trails.locate(trail))?.arn).toBe(trail.arn);
    expect((await trails.locate(trailOf('far', home)))?.region).toBe('us-east-1');
    expect(await trails.locate(trailOf('none', home))).toBeUndefined();
  });

  it('lists trails that are at home, no shadows and no organization of others', async () => {
    expect(await trails.homedIn(home)).toEqual([trail]);
    expect(aws.commandCalls(DescribeTrailsCommand)[0]?.args[0].input).toEqual({
      includeShadowTrails: false,
    });
  });

  it('lists buckets and keys', async () => {
    expect(await trails.storages(home)).toMatchObject([
      { trail: { name: 'main' }, s3BucketName: 'logs', kmsKeyId: 'k' },
      { trail: { name: 'far' }, s3BucketName: '' },
      { trail: { accountId: '999999999999' } },
    ]);
  });

  it('lists home Regions over all pages', async () => {
    aws
      .on(ListTrailsCommand)
      .resolvesOnce({ Trails: [{ HomeRegion: 'eu-west-1' }, {}], NextToken: 'more' })
      .resolvesOnce({ Trails: [{ HomeRegion: 'eu-west-1' }, { HomeRegion: 'us-east-1' }] });
    expect(await trails.homeRegions(home)).toEqual(['eu-west-1', 'us-east-1']);
    aws.on(ListTrailsCommand).resolves({});
    expect(await trails.homeRegions(home)).toEqual([]);
  });

  it('finds nothing where CloudTrail lists nothing', async () => {
    aws.on(DescribeTrailsCommand).resolves({});
    expect(await trails.homedIn(home)).toEqual([]);
  });
});
