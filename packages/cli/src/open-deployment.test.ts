import { CloudFormationClient, ListExportsCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudTrailClient,
  GetTrailStatusCommand,
  ListTrailsCommand,
} from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { trailOf } from '@riposte/remediations/cloudtrail';
import { mockClient } from 'aws-sdk-client-mock';
import { openDoctor } from './doctor/open-doctor.ts';
import { openResponses } from './responses/open-responses.ts';
import { caller, sampleRecord, trailArn } from './testing/fakes.ts';
import { openTrails } from './trail/open-trails.ts';

const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const cloudTrail = mockClient(CloudTrailClient);
const dynamo = mockClient(DynamoDBClient);
const ssm = mockClient(SSMClient);

const options = { stage: 'prod', region: 'eu-west-1' };
const foreign = trailArn.replace('123456789012', '222222222222');

beforeEach(() => {
  sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: caller });
  sts.on(AssumeRoleCommand).resolves({
    Credentials: {
      AccessKeyId: 'a',
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: new Date(Date.now() + 3_600_000),
    },
  });
  cloudFormation
    .on(ListExportsCommand)
    .resolves({ Exports: [{ Name: 'riposte-prod-StateTableName', Value: 'state' }] });
  cloudTrail.on(GetTrailStatusCommand).resolves({ IsLogging: true });
  ssm.on(GetParametersCommand).resolves({
    Parameters: [
      { Name: '/riposte/prod/cloudtrail-guard/settings', Value: '{}' },
      { Name: '/riposte/prod/kill-switch', Value: 'on' },
    ],
  });
});

afterEach(() => {
  for (const mock of [sts, cloudFormation, cloudTrail, dynamo, ssm]) mock.reset();
});

describe('openResponses', () => {
  it('finds the records and settings of the stage', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: marshall({ record: sampleRecord() }) });
    const ports = await openResponses(options);
    expect((await ports.records.get('inc-1'))?.id).toBe(sampleRecord().id);
    expect(await ports.settings('cloudtrail-guard').read()).toMatchObject({
      switch: 'changes-stopped',
    });
    expect(ports.clock()).toBeInstanceOf(Date);
  });

  it('acts in its own account as whoever runs it', async () => {
    const ports = await openResponses(options);
    await ports.trails('inc-1').status(trailOf(trailArn, { accountId: '', region: '' }));
    expect(sts.commandCalls(AssumeRoleCommand)).toHaveLength(0);
  });

  it('acts in another account by its member role, in the name of the record', async () => {
    const ports = await openResponses(options);
    await ports.trails('inc-1').status(trailOf(foreign, { accountId: '', region: '' }));
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toMatchObject({
      RoleArn: 'arn:aws:iam::222222222222:role/riposte-member-prod',
      SourceIdentity: 'inc-1',
    });
  });

  it('acts in another account by a profile where one is given', async () => {
    const ports = await openResponses({ ...options, accountProfile: 'other' });
    await ports.trails('inc-1').status(trailOf(foreign, { accountId: '', region: '' }));
    expect(sts.commandCalls(AssumeRoleCommand)).toHaveLength(0);
  });
});

describe('openTrails', () => {
  it('finds the baselines of the stage', async () => {
    dynamo.on(QueryCommand).resolves({});
    const ports = await openTrails(options);
    expect(await ports.baselines.all()).toEqual([]);
    expect(ports).toMatchObject({ accountId: '123456789012', region: 'eu-west-1', caller });
    expect(ports.clock()).toBeInstanceOf(Date);
  });

  it('takes a profile for the account of the trail', async () => {
    const ports = await openTrails({ ...options, accountProfile: 'other' });
    await ports.trails.status(trailOf(foreign, { accountId: '', region: '' }));
    expect(sts.commandCalls(AssumeRoleCommand)).toHaveLength(0);
  });
});

describe('openDoctor', () => {
  it('tells own trails from those of the organization', async () => {
    cloudTrail
      .on(ListTrailsCommand)
      .resolvesOnce({ Trails: [{ TrailARN: trailArn }, { TrailARN: foreign }, {}], NextToken: 'n' })
      .resolves({});
    dynamo.on(QueryCommand).resolves({});
    const ports = await openDoctor({
      ...options,
      regions: ['eu-west-1'],
      accounts: ['222222222222'],
    });
    expect(await ports.trails.own()).toEqual([trailArn]);
    expect(await ports.trails.approved()).toEqual([]);
    expect(await ports.settings('cloudtrail-guard').read()).toMatchObject({ readable: true });
    expect(ports.deployment).toMatchObject({ regions: ['eu-west-1'], accounts: ['222222222222'] });
  });

  it('opens what is not deployed too', async () => {
    expect((await openDoctor(options)).deployment).toEqual({
      stage: 'prod',
      region: 'eu-west-1',
      partition: 'aws',
      accountId: '123456789012',
    });
  });
});
