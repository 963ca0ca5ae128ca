import { describe, expect, it } from '@jest/globals';
import { handInAs, idAs, placeOfFinding, placeOfName } from './hand-in-as.ts';
import { findingAbout, member, own, region } from './testing/sample-findings.ts';

const intoMembers = { findingAccount: 'member', ownAccount: own } as const;
const intoSecurity = { findingAccount: 'security', ownAccount: own } as const;

describe('handInAs', () => {
  it.each([
    ['of the own account', own, intoSecurity],
    ['of another account, into that account', member, intoMembers],
  ])('leaves findings %s as they are', (_what, accountId, owner) => {
    const finding = findingAbout('/etc/a', { accountId });
    expect(handInAs(finding, owner)).toBe(finding);
    expect(placeOfFinding(finding)).toEqual({ account: accountId, region, partition: 'aws' });
  });

  it('makes findings of other accounts the security account’s own, about the same node', () => {
    const finding = findingAbout('/etc/a', { accountId: member });
    const handed = handInAs(finding, intoSecurity);
    expect(handed).toMatchObject({
      Id: `${member}/${region}/${finding.Id}`,
      AwsAccountId: own,
      ProductArn: `arn:aws:securityhub:${region}:${own}:product/${own}/default`,
      ProductFields: { ...finding.ProductFields, 'riposte/fim/account': member },
      Resources: finding.Resources,
    });
    expect(placeOfFinding(handed)).toEqual({ account: own, region, partition: 'aws' });
  });

  it('keeps apart equal ids of two accounts, and finds them again by name', () => {
    const name = { id: 'fim/x', account: member, region };
    const other = { ...name, account: '333333333333' };
    expect(idAs(name, intoSecurity)).not.toBe(idAs(other, intoSecurity));
    expect(idAs({ ...name, id: idAs(name, intoSecurity) }, intoSecurity)).toBe(
      idAs(name, intoSecurity),
    );
    expect(placeOfName(name, intoSecurity).account).toBe(own);
    expect(placeOfName(name, intoMembers).account).toBe(member);
  });

  it('has room for the account where all product fields are taken', () => {
    const productFields = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`riposte/fim/${index}`, 'x']),
    );
    const finding = findingAbout('/etc/a', { accountId: member, productFields });
    const fields = handInAs(finding, intoSecurity).ProductFields ?? {};
    expect(Object.keys(fields)).toHaveLength(50);
    expect(fields['riposte/fim/account']).toBe(member);
  });

  it('takes the partition from the finding and the Region (F5)', () => {
    const finding = findingAbout('/etc/a', { accountId: member, region: 'cn-north-1' });
    expect(handInAs(finding, intoSecurity).ProductArn).toBe(
      `arn:aws-cn:securityhub:cn-north-1:${own}:product/${own}/default`,
    );
    expect(placeOfName({ id: 'x', account: own, region: 'us-gov-west-1' }, intoMembers)).toEqual({
      account: own,
      region: 'us-gov-west-1',
      partition: 'aws-us-gov',
    });
  });
});
