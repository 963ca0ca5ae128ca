import { describe, expect, it } from '@jest/globals';
import { containmentPlan } from './containment-plan.ts';

const now = new Date('2026-11-24T03:00:00Z');

describe('containmentPlan', () => {
  it('denies sessions of a role that were issued before now, and says whom that does not stop', () => {
    const [change] = containmentPlan(
      { issuerArn: 'arn:aws:iam::123456789012:role/path/Admin' },
      now,
    );
    expect(change).toMatchObject({
      operation: 'iam:PutRolePolicy',
      what: expect.stringContaining('role Admin'),
      reversible: true,
    });
    expect(JSON.stringify(change?.after)).toContain(
      '"DateLessThan":{"aws:TokenIssueTime":"2026-11-24T03:00:00.000Z"}',
    );
  });

  it("deactivates a user's key and denies the sessions made with it", () => {
    const arn = 'arn:aws:iam::123456789012:user/mallory';
    const plan = containmentPlan({ type: 'IAMUser', arn, accessKeyId: 'AKIAEXAMPLE' }, now);
    expect(plan.map(({ operation }) => operation)).toEqual([
      'iam:UpdateAccessKey',
      'iam:PutUserPolicy',
    ]);
    expect(containmentPlan({ type: 'IAMUser', arn }, now)).toHaveLength(1);
  });

  it.each([
    ['nobody', undefined],
    ['root', { type: 'Root', arn: 'arn:aws:iam::123456789012:root' }],
    ['a service', { arn: 'config.amazonaws.com' }],
    ['a session whose role is not known', { arn: 'arn:aws:sts::123456789012:assumed-role/A/x' }],
  ])('has no plan against %s', (_who, actor) => {
    expect(containmentPlan(actor, now)).toEqual([]);
  });
});
