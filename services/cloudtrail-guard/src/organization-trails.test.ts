import { describe, expect, it } from '@jest/globals';
import { AccessRefusedError } from '@riposte/remediations';
import { trailOf } from '@riposte/remediations/cloudtrail';
import { answerChanged } from './answer-changed.ts';
import { restoreChangedTrail } from './restore-changed-trail.ts';
import { type FakeGuard, fakeGuard, runningTrail } from './testing/fake-guard.ts';
import { apiCall } from './testing/sample-events.ts';
import { triggerOfSweep } from './trigger.ts';

/** An organization trail is the management account's, whichever account sees it. */
const trail = trailOf('organization', { accountId: '111111111111', region: 'us-east-1' });
const approved = runningTrail(trail, { isOrganizationTrail: true });
const call = (eventName: string) =>
  apiCall({
    eventName,
    requestParameters: { name: trail.arn },
    recipientAccountId: '111111111111',
  });
/** A role of the guard's functions, as the fakes know it. */
const own = 'arn:aws:iam::123456789012:role/riposte-cloudtrail-guard-dev-restore-trail';
const refused = (eventName: string, issuer: string) =>
  apiCall({
    eventName,
    errorCode: 'AccessDenied',
    requestParameters: { name: trail.arn },
    userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn: issuer } } },
  });
const repairs = new Set(['UpdateTrail', 'PutEventSelectors', 'CreateTrail']);

/** A guard that mends, and whose member role in the management account may only restart. */
function restartOnly(changes: Parameters<typeof runningTrail>[1], code = 'AccessDeniedException') {
  const guard = fakeGuard(runningTrail(trail, { isOrganizationTrail: true, ...changes }));
  guard.approve(approved);
  guard.setModes({ 'trail-weakened': 'enforce', 'trail-deleted': 'enforce' });
  guard.cloudTrail.before = (name) => {
    if (repairs.has(name)) throw new AccessRefusedError(trail.arn, code);
  };
  return guard;
}

function told(guard: FakeGuard) {
  return guard.records.messages.map(({ status, message }) => [status, message?.body]);
}

describe('an organization trail that Riposte may only start', () => {
  it.each([
    [
      'weakened',
      { logFileValidationEnabled: false },
      'cloudtrail:UpdateTrail: log file validation',
    ],
    ['blinded', { isMultiRegionTrail: false }, 'cloudtrail:UpdateTrail: recording of all Regions'],
    ['taken from the organization', { isOrganizationTrail: false }, 'recording of the whole'],
  ])('and that was %s is told of, with the plan and what to do', async (_what, changes, plan) => {
    const guard = restartOnly(changes);
    const before = guard.cloudTrail.held.get(trail.arn)?.configuration;
    await expect(restoreChangedTrail(guard.ports)(call('UpdateTrail'))).rejects.toMatchObject({
      name: 'AccessRefusedError',
      retryable: false,
    });
    expect(told(guard)).toEqual([['failed', expect.stringContaining(plan)]]);
    expect(told(guard)[0]?.[1]).toContain("where Riposte's home is the management account");
    expect(guard.records.messages[0]).toMatchObject({ resource: { accountId: '111111111111' } });
    expect(guard.cloudTrail.held.get(trail.arn)?.configuration).toEqual(before);
  });

  it('and that was deleted is told of, with the plan', async () => {
    const guard = restartOnly({});
    guard.cloudTrail.held.clear();
    await expect(restoreChangedTrail(guard.ports)(call('DeleteTrail'))).rejects.toMatchObject({
      name: 'AccessRefusedError',
    });
    expect(told(guard)).toEqual([['failed', expect.stringContaining('cloudtrail:CreateTrail')]]);
  });

  it('is tried again by each sweep without a word, and mended once AWS lets it', async () => {
    const guard = restartOnly({ logFileValidationEnabled: false });
    const sweep = () => answerChanged(trail, triggerOfSweep(guard.now()), guard.ports);
    await expect(sweep()).rejects.toThrow('AccessDeniedException');
    for (const seconds of [300, 86_400]) {
      guard.pass(seconds);
      expect((await sweep()).result).toBe('failed');
    }
    expect(guard.records.messages).toHaveLength(1);
    guard.cloudTrail.before = () => undefined;
    expect((await sweep()).result).toBe('verified');
    expect(guard.records.messages.map(({ status }) => status)).toEqual(['failed', 'verified']);
  });

  it('is not told of again as an attempt when CloudTrail tells of the refused call', async () => {
    const guard = restartOnly({ logFileValidationEnabled: false });
    const answer = restoreChangedTrail(guard.ports);
    await expect(answer(call('UpdateTrail'))).rejects.toThrow('AccessDeniedException');
    guard.pass(172_800);
    expect(await answer(refused('UpdateTrail', own))).toMatchObject([{ result: 'nothing' }]);
    expect(guard.records.messages).toHaveLength(1);
  });

  it.each([
    ['by others', 'UpdateTrail', 'arn:aws:iam::111111111111:role/Admin'],
    ['that no repair makes', 'DeleteTrail', own],
  ])('is told of when AWS refuses a call %s', async (_what, eventName, issuer) => {
    const guard = restartOnly({ logFileValidationEnabled: false });
    const answer = restoreChangedTrail(guard.ports);
    await expect(answer(call('UpdateTrail'))).rejects.toThrow('AccessDeniedException');
    expect(await answer(refused(eventName, issuer))).toMatchObject([{ result: 'told' }]);
  });

  it('is told of when AWS refuses a call by a role of Riposte that has nothing to mend', async () => {
    const guard = restartOnly({});
    const answer = restoreChangedTrail(guard.ports);
    expect(await answer(refused('UpdateTrail', own))).toMatchObject([{ result: 'told' }]);
  });

  it('is told of in the words of the refusal where that says what to grant', async () => {
    const guard = restartOnly({ logFileValidationEnabled: false });
    guard.cloudTrail.before = (name) => {
      if (name !== 'UpdateTrail') return;
      const code = 'InsufficientDependencyServiceAccessPermissionException';
      throw new AccessRefusedError(trail.arn, code, { advice: 'grant organizations:ListAccounts' });
    };
    await expect(restoreChangedTrail(guard.ports)(call('UpdateTrail'))).rejects.toThrow('grant');
    expect(guard.records.messages[0]?.reason).toBe(
      `access to ${trail.arn} is refused: InsufficientDependencyServiceAccessPermissionException (grant organizations:ListAccounts)`,
    );
  });
});

describe('a trail of one account that Riposte may only start', () => {
  it('is told of with the actions to allow', async () => {
    const own = runningTrail(trail, { logFileValidationEnabled: false });
    const guard = restartOnly({ isOrganizationTrail: false, logFileValidationEnabled: false });
    guard.approve({ ...own, configuration: runningTrail(trail).configuration });
    await expect(restoreChangedTrail(guard.ports)(call('UpdateTrail'))).rejects.toThrow('refused');
    expect(guard.records.messages[0]?.reason).toContain(
      'allow cloudtrail:UpdateTrail to the role that acts in 111111111111',
    );
  });
});
