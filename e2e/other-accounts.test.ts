import { readFile } from 'node:fs/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudTrailClient,
  CreateTrailCommand,
  GetTrailStatusCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AccountRegion, type Stage, startStage } from '@riposte/local-stage';
import { eventually } from './guard/eventually.ts';

const member: AccountRegion = { accountId: '222222222222', region: 'eu-west-1' };
const templates = new URL('../services/foundation/templates/', import.meta.url);
const parameters = { Stage: 'local', HomeAccountId: '123456789012' };

describe('an account and Region that is not home', () => {
  let stage: Stage;
  const clients: { destroy(): void }[] = [];

  function client<T extends { destroy(): void }>(
    Client: new (config: {
      endpoint: string;
      region: string;
      credentials: { accessKeyId: string; secretAccessKey: string };
    }) => T,
  ): T {
    const made = new Client({
      endpoint: stage.endpoint,
      region: member.region,
      credentials: { accessKeyId: member.accountId, secretAccessKey: 'local' },
    });
    clients.push(made);
    return made;
  }

  async function createStack(
    name: string,
    file: string,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    const stacks = client(CloudFormationClient);
    await stacks.send(
      new CreateStackCommand({
        StackName: name,
        TemplateBody: await readFile(new URL(file, templates), 'utf8'),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
      }),
    );
    const status = await eventually(`stack ${name}`, async () => {
      const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: name }));
      const now = Stacks?.[0]?.StackStatus ?? '';
      return now.endsWith('_IN_PROGRESS') ? undefined : now;
    });
    expect(status).toBe('CREATE_COMPLETE');
  }

  beforeAll(async () => {
    stage = await startStage({ quiet: true });
    await stage.deploy(['foundation', 'cloudtrail-guard'], {}, { stage: 'local' });
    await createStack('riposte-forwarder-local', 'forwarder.yml', {
      ...parameters,
      HomeRegion: stage.region,
    });
    await createStack('riposte-member-local', 'member-role.yml', {
      ...parameters,
      OrganizationId: 'o-abcd123456',
      Access: 'restart-only',
    });
    const trails = client(CloudTrailClient);
    await trails.send(new CreateTrailCommand({ Name: 'theirs', S3BucketName: 'logs' }));
    await trails.send(new StartLoggingCommand({ Name: 'theirs' }));
  }, 180_000);

  afterAll(async () => {
    for (const made of clients) made.destroy();
    await stage?.stop();
  });

  it('has its stopped trail started from home, through the member role, on behalf of the record', async () => {
    stage.clearCalls();
    const { delivery } = await stage.play.stopTrail('theirs', member);
    expect(delivery?.matched).toEqual([
      'riposte-forwarder-local',
      'riposte-cloudtrail-guard-local-restart-trail-rule-1',
    ]);
    await eventually('a trail that logs again', async () => {
      const trails = client(CloudTrailClient);
      const { IsLogging } = await trails.send(new GetTrailStatusCommand({ Name: 'theirs' }));
      return IsLogging || undefined;
    });
    const started = stage.calls().filter(({ operation }) => operation === 'StartLogging');
    expect(started).toEqual([
      expect.objectContaining({
        ...member,
        appId: 'riposte-restart-trail',
        roleArn: `arn:aws:iam::${member.accountId}:role/riposte-member-local`,
      }),
    ]);
    const sessions = stage
      .calls()
      .filter(({ operation }) => operation === 'AssumeRole')
      .map(({ parameters: asked }) => new Map(Object.entries(asked ?? {})).get('SourceIdentity'));
    expect(sessions).toContainEqual(expect.stringMatching(/^inc-[0-9a-f]{20}$/));
  });

  it.each([
    ['GuardDuty Finding', 'aws.guardduty', { type: 'Stealth:IAMUser/CloudTrailLoggingDisabled' }],
    ['AWS API Call via CloudTrail', 'aws.kms', call('kms', 'DisableKey')],
    ['AWS API Call via CloudTrail', 'aws.s3', call('s3', 'PutBucketLifecycleConfiguration')],
    ['AWS API Call via CloudTrail', 'aws.config', call('config', 'StopConfigurationRecorder')],
    [
      'AWS API Call via CloudTrail',
      'aws.iam',
      call('iam', 'DeleteRolePolicy', { roleName: 'riposte-member-local' }),
    ],
    [
      'AWS API Call via CloudTrail',
      'aws.events',
      call('events', 'DisableRule', { name: 'riposte-forwarder-local' }),
    ],
  ])('sends %s of %s home', async (kind, source, detail) => {
    const { matched } = await deliver(kind, source, detail);
    expect(matched).toContain('riposte-forwarder-local');
  });

  it.each([
    ['GuardDuty Finding', 'aws.guardduty', { type: 'Recon:EC2/PortProbeUnprotectedPort' }],
    ['AWS API Call via CloudTrail', 'aws.cloudtrail', call('cloudtrail', 'StartLogging')],
    ['AWS API Call via CloudTrail', 'aws.iam', call('iam', 'DeleteRole', { roleName: 'theirs' })],
    ['AWS API Call via CloudTrail', 'aws.s3', call('s3', 'PutBucketTagging')],
  ])('keeps %s of %s to itself', async (kind, source, detail) => {
    expect(await deliver(kind, source, detail)).toMatchObject({ matched: [] });
  });

  it('has a forwarder whose pattern EventBridge takes', async () => {
    const { Rules } = await client(EventBridgeClient).send(new ListRulesCommand({}));
    expect(Rules).toHaveLength(1);
    expect(Rules?.[0]?.EventPattern?.length).toBeLessThanOrEqual(2048);
  });

  it('lets nobody in but the functions of home, and lets those do no more than was agreed', async () => {
    const roles = client(IAMClient);
    const RoleName = 'riposte-member-local';
    const { Role } = await roles.send(new GetRoleCommand({ RoleName }));
    const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
    expect(trust.Statement).toEqual([
      expect.objectContaining({
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
        Condition: expect.objectContaining({
          ArnLike: {
            'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/riposte-cloudtrail-guard-local-*',
          },
        }),
      }),
    ]);
    const policy = (PolicyName: string) =>
      roles.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    await expect(policy('start-trails')).resolves.toBeDefined();
    await expect(policy('mend-trails')).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  function deliver(kind: string, source: string, detail: object) {
    const { accountId: account, region } = member;
    return stage.deliver(
      { source, 'detail-type': kind, account, region, detail },
      { always: true, bus: 'default' },
    );
  }
});

function call(service: string, eventName: string, requestParameters: object = {}): object {
  return { eventSource: `${service}.amazonaws.com`, eventName, requestParameters };
}
