import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { hubClients, sessionPolicy } from './hub-clients.ts';
import { member, own, region } from './testing/sample-findings.ts';

const sts = mockClient(STSClient);
const place = { account: member, region, partition: 'aws' };

beforeEach(() => {
  process.env.AWS_REGION = region;
  sts.reset();
  sts.on(AssumeRoleCommand).resolves({
    Credentials: {
      AccessKeyId: 'ASIAMEMBER',
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: new Date('2026-11-24T13:00:00Z'),
    },
  });
});

function clients(roleName = 'riposte-member-findings-dev') {
  const clock = () => new Date('2026-11-24T12:00:00Z');
  return hubClients({ ownAccount: own, roleName, session: 'fim-compare', clock });
}

describe('hubClients', () => {
  it('makes one client a Region for the own account, without the role', async () => {
    const clientIn = clients();
    const here = clientIn({ ...place, account: own });
    expect(here).toBeInstanceOf(SecurityHubClient);
    expect(clientIn({ ...place, account: own })).toBe(here);
    const there = clientIn({ ...place, account: own, region: 'us-east-1' });
    expect(await there.config.region()).toBe('us-east-1');
    expect(await there.config.maxAttempts()).toBe(1);
    expect(sts.calls()).toHaveLength(0);
  });

  it('enters another account by its role, in the function’s name, and may do no more than it needs (F4)', async () => {
    const credentials = await clients()(place).config.credentials();
    expect(credentials.accessKeyId).toBe('ASIAMEMBER');
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toEqual({
      RoleArn: `arn:aws:iam::${member}:role/riposte-member-findings-dev`,
      RoleSessionName: 'fim-compare',
      SourceIdentity: 'fim-compare',
      Policy: JSON.stringify(sessionPolicy(place)),
    });
  });

  it('tries with its own credentials where there is no role', async () => {
    clients('')(place);
    expect(sts.calls()).toHaveLength(0);
  });
});

describe('sessionPolicy', () => {
  it('names the product and the hub of one account and Region, in their partition (F5)', () => {
    const hub = `arn:aws-cn:securityhub:cn-north-1:${member}`;
    expect(
      sessionPolicy({ account: member, region: 'cn-north-1', partition: 'aws-cn' }),
    ).toMatchObject({
      Statement: [
        { Resource: `${hub}:product/${member}/default` },
        { Resource: `${hub}:hub/default` },
      ],
    });
  });
});
