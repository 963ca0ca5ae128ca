import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudTrailClients } from './cloud-trail-clients.ts';
import { guardEnvironment } from './config.ts';

const sts = mockClient(STSClient);
const own = { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' };
const member = { ...own, accountId: '222222222222' };

function clients(changes: object = {}) {
  const config = guardEnvironment.parse({
    RIPOSTE_FUNCTION: 'sweep',
    RIPOSTE_STAGE: 'dev',
    AWS_REGION: 'eu-west-1',
    STATE_TABLE_NAME: 'state',
    ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:alerts',
    SETTINGS_PARAMETER: '/s',
    KILL_SWITCH_PARAMETER: '/k',
    MEMBER_ROLE_NAME: 'riposte-member-dev',
    ...changes,
  });
  return cloudTrailClients(config, () => new Date('2026-11-24T03:00:00Z'));
}

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  sts.reset();
  sts.on(AssumeRoleCommand).resolves({
    Credentials: {
      AccessKeyId: 'ASIAMEMBER',
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: new Date('2026-11-24T04:00:00Z'),
    },
  });
});

describe('cloudTrailClients', () => {
  it('makes one client a Region for the own account, without the member role', async () => {
    const clientIn = clients()('inc-1');
    const here = await clientIn(own);
    expect(here).toBeInstanceOf(CloudTrailClient);
    expect(await clientIn(own)).toBe(here);
    const there = await clientIn({ ...own, region: 'us-east-1' });
    expect(await there.config.region()).toBe('us-east-1');
    expect(sts.calls()).toHaveLength(0);
  });

  it('assumes the member role in the name of the record that it acts for', async () => {
    const client = await clients()('inc-1')(member);
    expect((await client.config.credentials()).accessKeyId).toBe('ASIAMEMBER');
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toMatchObject({
      RoleArn: 'arn:aws:iam::222222222222:role/riposte-member-dev',
      SourceIdentity: 'inc-1',
    });
  });

  it('may do no more there than the trail needs that it was asked for', async () => {
    const arn = 'arn:aws:cloudtrail:eu-west-1:222222222222:trail/main';
    const client = await clients()('inc-1')({ ...member, arn });
    await client.config.credentials();
    const { Policy = '{}' } = sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input ?? {};
    expect(JSON.parse(Policy).Statement[0]).toMatchObject({ Resource: arn });
  });

  it('uses another session for another record', async () => {
    const clientsFor = clients();
    expect(await clientsFor('inc-1')(member)).not.toBe(await clientsFor('inc-2')(member));
  });

  it('stays with its own credentials where there is no member role', async () => {
    await clients({ MEMBER_ROLE_NAME: '' })('inc-1')(member);
    expect(sts.calls()).toHaveLength(0);
  });

  it('lets go of the oldest client when it holds many', async () => {
    const clientsFor = clients();
    const first = await clientsFor('inc-0')(member);
    for (let count = 1; count <= 64; count += 1) await clientsFor(`inc-${count}`)(member);
    expect(await clientsFor('inc-0')(member)).not.toBe(first);
  });
});
