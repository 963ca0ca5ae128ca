import { CloudFormationClient, ListExportsCommand } from '@aws-sdk/client-cloudformation';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { silenceItem, silenceOf } from '@riposte/notifications';
import { mockClient } from 'aws-sdk-client-mock';
import { NotDeployedError } from '../errors.ts';
import { caller } from '../testing/fakes.ts';
import { openSilences } from './open-silences.ts';

const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const dynamo = mockClient(DynamoDBClient);

const silence = silenceOf({
  matchers: [{ label: 'severity', op: '=', value: 'LOW' }],
  startsAt: '2026-11-24T14:00:00Z',
  endsAt: '2026-11-24T15:00:00Z',
  author: caller,
  reason: 'change 4711',
});

beforeEach(() => {
  for (const mock of [sts, cloudFormation, dynamo]) mock.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: caller });
  cloudFormation
    .on(ListExportsCommand)
    .resolves({ Exports: [{ Name: 'riposte-prod-RouterTableName', Value: 'router' }] });
});

const open = (stage = 'prod') => openSilences({ stage, region: 'eu-west-1' });

describe('silences on AWS', () => {
  it("are read from the router's table, to the end", async () => {
    const Items = [marshall(silenceItem(silence, 2))];
    const LastEvaluatedKey = marshall({ pk: 'silences', sk: 'x' });
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items, LastEvaluatedKey })
      .resolvesOnce({ Items: [marshall({ pk: 'silences', sk: 'other' })] });
    const ports = await open();
    expect(await ports.silences()).toEqual([{ silence, version: 2 }]);
    expect(ports.caller).toBe(caller);
    expect(ports.clock()).toBeInstanceOf(Date);
  });

  it.each([
    [1, 'attribute_not_exists(pk)'],
    [2, '#version = :before'],
  ])('are written on the version before %p', async (version, condition) => {
    dynamo.on(PutItemCommand).resolves({});
    expect(await (await open()).write({ silence, version })).toBe(true);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'router',
      Item: { pk: { S: 'silences' }, sk: { S: silence.id }, version: { N: `${version}` } },
      ConditionExpression: condition,
    });
  });

  it('are not written over what somebody else wrote', async () => {
    const failed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    dynamo.on(PutItemCommand).rejectsOnce(failed).rejectsOnce(new Error('away'));
    const ports = await open();
    expect(await ports.write({ silence, version: 1 })).toBe(false);
    await expect(ports.write({ silence, version: 1 })).rejects.toThrow('away');
  });

  it('are nowhere where the router is not deployed', async () => {
    await expect(open('dev')).rejects.toThrow(NotDeployedError);
    await expect(open('dev')).rejects.toThrow('no finding router named dev');
  });
});
