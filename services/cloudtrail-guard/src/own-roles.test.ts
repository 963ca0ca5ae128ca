import { describe, expect, it } from '@jest/globals';
import { ownRoles } from './own-roles.ts';

const options = { ownAccount: '123456789012', stage: 'dev', memberRoleName: 'riposte-member-dev' };

describe('ownRoles', () => {
  it.each([
    ['arn:aws:iam::123456789012:role/riposte-cloudtrail-guard-dev-sweep', true],
    ['arn:aws:iam::222222222222:role/riposte-member-dev', true],
    ['arn:aws:iam::222222222222:role/riposte-cloudtrail-guard-dev-sweep', false],
    ['arn:aws:iam::123456789012:role/riposte-cloudtrail-guard-prod-sweep', false],
    ['arn:aws:iam::123456789012:user/riposte-cloudtrail-guard-dev-sweep', false],
    ['arn:aws:sts::123456789012:assumed-role/riposte-cloudtrail-guard-dev-sweep/x', false],
    ['riposte-cloudtrail-guard-dev-sweep', false],
  ])('says of %s: %p', (arn, isOwn) => {
    expect(ownRoles(options)(arn)).toBe(isOwn);
  });

  it('knows no member role where there is none', () => {
    const isOwn = ownRoles({ ...options, memberRoleName: '' });
    expect(isOwn('arn:aws:iam::123456789012:role/')).toBe(false);
  });
});
