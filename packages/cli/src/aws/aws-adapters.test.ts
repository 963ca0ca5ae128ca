import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListExportsCommand,
  ListStackInstancesCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Baseline } from '@riposte/remediations/cloudtrail';
import { sampleConfiguration } from '@riposte/remediations/cloudtrail/fakes';
import { mockClient } from 'aws-sdk-client-mock';
import { stacksOnCloudFormation } from '../doctor/aws/stacks-on-cloudformation.ts';
import { caller, trailArn } from '../testing/fakes.ts';
import { approvedBaselines } from './approved-baselines.ts';
import { type Connection, connect } from './connection.ts';
import { stateTableName } from './exports.ts';

const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const dynamo = mockClient(DynamoDBClient);

afterEach(() => {
  for (const mock of [sts, cloudFormation, dynamo]) mock.reset();
});

const region = 'cn-north-1';
const connection: Connection = {
  stage: 'prod',
  region,
  partition: 'aws-cn',
  accountId: '123456789012',
  caller,
  config: { region, userAgentAppId: 'riposte-cli', maxAttempts: 1 },
};

function awsError(name: string, message = name) {
  return Object.assign(new Error(message), { name });
}

describe('connect', () => {
  it('finds out who runs the command, where, and in which partition', async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: caller });
    expect(await connect({ stage: 'prod', region, profile: 'soc' })).toMatchObject({
      partition: 'aws-cn',
      accountId: '123456789012',
      caller,
      config: { region, profile: 'soc', userAgentAppId: 'riposte-cli' },
    });
  });

  it('does not go on where STS says nothing', async () => {
    sts.on(GetCallerIdentityCommand).resolves({});
    await expect(connect({ stage: 'prod', region })).rejects.toMatchObject({
      name: 'AwsCallError',
    });
  });

  it('names the option when no Region is set', async () => {
    const { AWS_REGION: before } = process.env;
    const { AWS_CONFIG_FILE: file } = process.env;
    delete process.env.AWS_REGION;
    process.env.AWS_CONFIG_FILE = '/nowhere';
    try {
      await expect(connect({ stage: 'prod' })).rejects.toMatchObject({ field: '--region' });
    } finally {
      if (before !== undefined) process.env.AWS_REGION = before;
      if (file === undefined) delete process.env.AWS_CONFIG_FILE;
      else process.env.AWS_CONFIG_FILE = file;
    }
  });
});

describe('stateTableName', () => {
  it('reads the export of foundation, on whichever page it is', async () => {
    cloudFormation
      .on(ListExportsCommand)
      .resolvesOnce({ Exports: [{ Name: 'riposte-prod-KeyArn', Value: 'k' }], NextToken: 'n' })
      .resolves({ Exports: [{ Name: 'riposte-prod-StateTableName', Value: 'table' }] });
    expect(await stateTableName(connection)).toBe('table');
  });

  it('says where it looked when nothing is deployed', async () => {
    cloudFormation.on(ListExportsCommand).resolves({});
    await expect(stateTableName(connection)).rejects.toMatchObject({
      name: 'NotDeployedError',
      message: expect.stringContaining('named prod in account 123456789012, cn-north-1'),
    });
  });
});

describe('approvedBaselines', () => {
  const trail = {
    arn: trailArn,
    name: 'main',
    accountId: '123456789012',
    region: 'eu-west-1',
    partition: 'aws',
  };
  const baseline: Baseline = {
    version: 1,
    trail,
    configuration: sampleConfiguration(),
    approvedBy: caller,
    approvedAt: '2026-11-24T14:00:00.000Z',
    reason: 'first',
  };
  const baselines = approvedBaselines({
    client: new DynamoDBClient({ region }),
    tableName: 'state',
  });
  const written = () =>
    dynamo
      .commandCalls(TransactWriteItemsCommand)[0]
      ?.args[0].input.TransactItems?.map(({ Put }) => Put) ?? [];

  it('writes the first version only where there is none, and its history only once', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    await baselines.approve(baseline);
    const [history, present] = written();
    expect(unmarshall(history?.Item ?? {})).toEqual({
      ...baseline,
      pk: `trail#${trailArn}`,
      sk: 'baseline#000001',
    });
    expect(unmarshall(present?.Item ?? {})).toEqual({
      ...baseline,
      pk: `trail#${trailArn}`,
      sk: 'baseline',
      listPk: 'baselines',
      listSk: trailArn,
    });
    expect([history, present].map((put) => put?.ConditionExpression)).toEqual([
      'attribute_not_exists(pk)',
      'attribute_not_exists(pk)',
    ]);
  });

  it('writes a later version only over the one before it', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    await baselines.approve({ ...baseline, version: 3 });
    expect(written()[1]).toMatchObject({
      ConditionExpression: '#version = :before',
      ExpressionAttributeValues: { ':before': { N: '2' } },
    });
  });

  it('says that somebody else was faster', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejects(new TransactionCanceledException({ message: 'c', $metadata: {} }));
    await expect(baselines.approve(baseline)).rejects.toMatchObject({
      name: 'RefusedError',
      exitCode: 3,
    });
  });

  it('passes on what the table answers otherwise', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(awsError('ResourceNotFoundException'));
    await expect(baselines.approve(baseline)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('reads the present version and the history', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: marshall(baseline) });
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [marshall(baseline)] })
      .resolves({});
    expect(await baselines.of(trailArn)).toEqual(baseline);
    expect(await baselines.history(trailArn)).toEqual([baseline]);
    expect(await baselines.history(trailArn)).toEqual([]);
  });
});

describe('stacksOnCloudFormation', () => {
  const stacks = stacksOnCloudFormation(connection);
  const validation = (message: string) => awsError('ValidationError', message);

  it('says the status of a stack, here or in another Region', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [{ StackName: 's', CreationTime: new Date(), StackStatus: 'CREATE_COMPLETE' }],
    });
    expect(await stacks.status('s')).toBe('CREATE_COMPLETE');
    expect(await stacks.status('s', 'cn-northwest-1')).toBe('CREATE_COMPLETE');
  });

  it('knows a stack that is not there from a question that is refused', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(validation('Stack with id s does not exist'));
    expect(await stacks.status('s')).toBeUndefined();
    cloudFormation.on(DescribeStacksCommand).rejects(awsError('AccessDenied'));
    await expect(stacks.status('s')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it("names the stage's stacks, its exports and their resources", async () => {
    const stack = (StackName: string) => ({
      StackName,
      CreationTime: new Date(),
      StackStatus: 'CREATE_COMPLETE' as const,
    });
    cloudFormation.on(DescribeStacksCommand).resolvesOnce({
      Stacks: [
        stack('riposte-foundation-prod'),
        stack('riposte-foundation-dev'),
        stack('other-prod'),
      ],
    });
    cloudFormation.on(ListExportsCommand).resolves({
      Exports: [
        { Name: 'riposte-prod-KeyArn', Value: 'k' },
        { Name: 'other', Value: 'o' },
      ],
    });
    cloudFormation
      .on(ListStackResourcesCommand)
      .resolvesOnce({
        StackResourceSummaries: [
          {
            ResourceType: 'AWS::SQS::Queue',
            PhysicalResourceId: 'q',
            LogicalResourceId: 'Q',
            LastUpdatedTimestamp: new Date(),
            ResourceStatus: 'CREATE_COMPLETE',
          },
        ],
      })
      .resolves({});
    expect(await stacks.names()).toEqual(['riposte-foundation-prod']);
    expect([...(await stacks.exports())]).toEqual([['riposte-prod-KeyArn', 'k']]);
    expect(await stacks.resources('s')).toEqual([{ type: 'AWS::SQS::Queue', physicalId: 'q' }]);
    expect(await stacks.resources('s')).toEqual([]);
  });

  it('reads the instances of a stack set, page by page', async () => {
    cloudFormation
      .on(ListStackInstancesCommand)
      .resolvesOnce({
        Summaries: [{ Account: '1', Region: 'r', Status: 'CURRENT' }],
        NextToken: 'n',
      })
      .resolves({
        Summaries: [
          {
            Account: '2',
            Region: 'r',
            Status: 'CURRENT',
            StackInstanceStatus: { DetailedStatus: 'FAILED' },
          },
          {},
        ],
      });
    expect(await stacks.instances('set')).toEqual([
      { accountId: '1', region: 'r', isCurrent: true },
      { accountId: '2', region: 'r', isCurrent: false },
      { accountId: '', region: '', isCurrent: false },
    ]);
  });

  it('asks again as a delegated administrator', async () => {
    cloudFormation
      .on(ListStackInstancesCommand)
      .rejectsOnce(awsError('StackSetNotFoundException'))
      .resolves({ Summaries: [] });
    expect(await stacks.instances('set')).toEqual([]);
    expect(cloudFormation.commandCalls(ListStackInstancesCommand)[1]?.args[0].input.CallAs).toBe(
      'DELEGATED_ADMIN',
    );
  });

  it('knows a stack set that is not there, whoever asks', async () => {
    cloudFormation.on(ListStackInstancesCommand).rejects(awsError('StackSetNotFoundException'));
    expect(await stacks.instances('set')).toBeUndefined();
  });

  it('takes a refusal to speak as a delegated administrator for an answer', async () => {
    cloudFormation
      .on(ListStackInstancesCommand)
      .rejectsOnce(awsError('StackSetNotFoundException'))
      .rejects(validation('You must be a delegated administrator'));
    expect(await stacks.instances('set')).toBeUndefined();
  });

  it('passes on any other refusal', async () => {
    cloudFormation.on(ListStackInstancesCommand).rejects(awsError('AccessDenied'));
    await expect(stacks.instances('set')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
