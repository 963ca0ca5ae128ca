import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { type MemberSession, memberRole } from './account-credentials.ts';

const sts = mockClient(STSClient);
let now: number;

beforeEach(() => {
  sts.reset();
  now = Date.parse('2026-11-24T13:00:00.000Z');
  sts.on(AssumeRoleCommand).callsFake(() => ({
    Credentials: {
      AccessKeyId: 'ASIAEXAMPLE',
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: new Date(now + 3_600_000),
    },
  }));
});

function assume() {
  return memberRole({
    sts: async () => new STSClient({}),
    roleName: 'riposte-member-prod',
    clock: () => new Date(now),
  });
}

const policy = { Version: '2012-10-17', Statement: [] };

function session(changes: Partial<MemberSession>): MemberSession {
  return { accountId: '222222222222', partition: 'aws', recordId: 'inc-1', policy, ...changes };
}

describe('memberRole', () => {
  it('assumes the role of the account’s partition, in the name of the record', async () => {
    const credentials = await assume()(session({ partition: 'aws-cn', recordId: 'inc-1' }));
    expect(credentials).toEqual({
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date('2026-11-24T14:00:00.000Z'),
    });
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toEqual({
      RoleArn: 'arn:aws-cn:iam::222222222222:role/riposte-member-prod',
      RoleSessionName: 'inc-1',
      SourceIdentity: 'inc-1',
      Policy: JSON.stringify(policy),
    });
  });

  it('names the session by what STS takes as a name', async () => {
    await assume()(session({ partition: 'aws', recordId: `inc 1/${'x'.repeat(100)}` }));
    const name = sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input.SourceIdentity ?? '';
    expect(name).toMatch(/^inc-1-x{58}$/);
  });

  it('keeps an account’s credentials until five minutes before they expire', async () => {
    const role = assume();
    await role(session({ partition: 'aws', recordId: 'inc-1' }));
    now += 3_600_000 - 300_001;
    await role(session({ partition: 'aws', recordId: 'inc-1' }));
    expect(sts.calls()).toHaveLength(1);
    now += 1;
    await role(session({ partition: 'aws', recordId: 'inc-1' }));
    expect(sts.calls()).toHaveLength(2);
  });

  it('takes another session for another policy', async () => {
    const role = assume();
    await role(session({}));
    await role(session({ policy: { ...policy, Statement: [{ Effect: 'Allow' }] } }));
    expect(sts.calls()).toHaveLength(2);
  });

  it.each([
    ['one account’s credentials to another', '333333333333', 'inc-1'],
    ['one record’s credentials to another', '222222222222', 'inc-2'],
  ])('never lends %s', async (_what, account, record) => {
    const role = assume();
    await role(session({ partition: 'aws', recordId: 'inc-1' }));
    await role(session({ accountId: account, recordId: record }));
    expect(sts.calls()).toHaveLength(2);
    expect(sts.commandCalls(AssumeRoleCommand)[1]?.args[0].input).toMatchObject({
      RoleArn: `arn:aws:iam::${account}:role/riposte-member-prod`,
      SourceIdentity: record,
    });
  });

  it('keeps nothing of an answer that says nothing', async () => {
    sts.on(AssumeRoleCommand).resolves({});
    const role = assume();
    expect(await role(session({ partition: 'aws', recordId: 'inc-1' }))).toMatchObject({
      accessKeyId: '',
    });
    await role(session({ partition: 'aws', recordId: 'inc-1' }));
    expect(sts.calls()).toHaveLength(2);
  });

  it('lets STS’s refusal through', async () => {
    sts.on(AssumeRoleCommand).rejects(new Error('AccessDenied'));
    await expect(assume()(session({ partition: 'aws', recordId: 'inc-1' }))).rejects.toThrow(
      'AccessDenied',
    );
  });
});
