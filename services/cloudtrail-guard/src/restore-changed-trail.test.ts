import { describe, expect, it } from '@jest/globals';
import { sampleConfiguration } from '@riposte/remediations/cloudtrail/fakes';
import { restoreChangedTrail } from './restore-changed-trail.ts';
import { type FakeGuard, fakeGuard, mainTrail, runningTrail } from './testing/fake-guard.ts';
import { apiCall } from './testing/sample-events.ts';

const updateTrail = apiCall({ eventName: 'UpdateTrail' });
const putSelectors = apiCall({
  eventName: 'PutEventSelectors',
  requestParameters: { trailName: 'main' },
  responseElements: { trailARN: mainTrail.arn },
});
const deleteTrail = apiCall({ eventName: 'DeleteTrail' });
const readOnly = {
  eventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }],
};

/** A trail that was approved as the sample and is now otherwise. */
function changedTrail(changes: Parameters<typeof runningTrail>[1]): FakeGuard {
  const guard = fakeGuard(runningTrail(mainTrail, changes));
  guard.approve({ ...runningTrail(), configuration: sampleConfiguration() });
  return guard;
}

function current(guard: FakeGuard) {
  return guard.cloudTrail.held.get(mainTrail.arn)?.configuration;
}

describe('restoreChangedTrail', () => {
  it('says what it would restore, and changes nothing, as it ships', async () => {
    const guard = changedTrail({ logFileValidationEnabled: false });
    const answer = restoreChangedTrail(guard.ports);
    expect((await answer(updateTrail))[0]?.result).toBe('planned');
    expect((await answer(updateTrail))[0]?.result).toBe('duplicate');
    expect(current(guard)?.logFileValidationEnabled).toBe(false);
    expect(guard.records.messages[0]?.message?.body).toContain('cloudtrail:UpdateTrail');
  });

  it('restores what is weaker where that is enabled, proves it and keeps the state before', async () => {
    const guard = changedTrail({
      logFileValidationEnabled: false,
      kmsKeyId: 'arn:aws:kms:::key/evil',
    });
    guard.setModes({ 'trail-weakened': 'enforce' });
    expect((await restoreChangedTrail(guard.ports)(updateTrail))[0]?.result).toBe('verified');
    expect(current(guard)).toEqual(sampleConfiguration());
    expect([...guard.records.held.values()][0]).toMatchObject({
      kind: 'trail-weakened',
      before: { logFileValidationEnabled: false, kmsKeyId: 'arn:aws:kms:::key/evil' },
      undo: { possible: true },
    });
  });

  it('answers selectors that hide write events like a stop', async () => {
    const guard = changedTrail(readOnly);
    expect((await restoreChangedTrail(guard.ports)(putSelectors))[0]?.result).toBe('verified');
    expect(guard.records.messages[0]).toMatchObject({ kind: 'trail-blinded', status: 'verified' });
    expect(guard.records.messages[0]?.message?.body).toContain('RECORDS them AGAIN');
  });

  it('restores only the blinding part where weakened trails are left as they are', async () => {
    const guard = changedTrail({ ...readOnly, logFileValidationEnabled: false });
    expect((await restoreChangedTrail(guard.ports)(putSelectors))[0]).toMatchObject({
      result: 'verified',
      reason: expect.stringContaining('also weaker and left so: log file validation'),
    });
    expect(current(guard)?.logFileValidationEnabled).toBe(false);
    expect(current(guard)?.eventSelectors[0]?.ReadWriteType).toBe('All');
  });

  it('changes no settings while the settings of Riposte cannot be read', async () => {
    const guard = changedTrail(readOnly);
    guard.breakSettings('AccessDeniedException');
    expect((await restoreChangedTrail(guard.ports)(putSelectors))[0]?.result).toBe('told');
    expect(current(guard)).toMatchObject(readOnly);
  });

  it('does nothing about a trail that is as approved, or better', async () => {
    const guard = changedTrail({ insightTypes: ['ApiCallRateInsight'], tags: { owner: 'x' } });
    expect((await restoreChangedTrail(guard.ports)(updateTrail))[0]?.result).toBe('nothing');
    expect(guard.records.held.size).toBe(0);
  });

  it('tells of a call on a trail that has no baseline, once per state', async () => {
    const guard = fakeGuard(runningTrail());
    const answer = restoreChangedTrail(guard.ports);
    expect((await answer(updateTrail))[0]?.result).toBe('told');
    expect((await answer(updateTrail))[0]?.result).toBe('duplicate');
    expect(guard.records.messages[0]?.message?.body).toContain('riposte trail approve');
  });

  it('asks a person when the same change comes back within an hour, and goes on asking', async () => {
    const guard = changedTrail(readOnly);
    const answer = restoreChangedTrail(guard.ports);
    await answer(putSelectors);
    guard.pass(1200);
    await guard.cloudTrail.putSelectors(mainTrail, { ...readOnly, advancedEventSelectors: [] });
    expect((await answer(putSelectors))[0]?.result).toBe('planned');
    guard.pass(7200);
    expect((await answer(putSelectors))[0]?.result).toBe('duplicate');
    expect(current(guard)).toMatchObject(readOnly);
  });

  it('restores the same change again after more than an hour', async () => {
    const guard = changedTrail(readOnly);
    const answer = restoreChangedTrail(guard.ports);
    await answer(putSelectors);
    guard.pass(7200);
    await guard.cloudTrail.putSelectors(mainTrail, { ...readOnly, advancedEventSelectors: [] });
    expect((await answer(putSelectors))[0]?.result).toBe('verified');
  });

  it('passes over a change that was restored while it was looked up', async () => {
    const guard = changedTrail(readOnly);
    const answer = restoreChangedTrail(guard.ports);
    await answer(putSelectors);
    const read = guard.cloudTrail.read;
    let reads = 0;
    guard.cloudTrail.read = async (trail) => {
      reads += 1;
      return reads === 1 ? sampleConfiguration(readOnly) : read(trail);
    };
    expect((await answer(putSelectors))[0]?.result).toBe('duplicate');
  });

  it('passes over the calls of its own repair, and answers an imitator', async () => {
    const guard = changedTrail(readOnly);
    guard.setModes({ 'trail-weakened': 'enforce' });
    const answer = restoreChangedTrail(guard.ports);
    await answer(putSelectors);
    await guard.cloudTrail.update(mainTrail, { logFileValidationEnabled: false });
    const issuer = (arn: string) => ({
      type: 'AssumedRole',
      sessionContext: { sessionIssuer: { arn } },
    });
    const own = 'arn:aws:iam::123456789012:role/riposte-cloudtrail-guard-dev-restore-trail';
    const ownCall = apiCall({ eventName: 'UpdateTrail', userIdentity: issuer(own) });
    expect((await answer(ownCall))[0]).toMatchObject({
      result: 'nothing',
      reason: 'a repair of Riposte itself',
    });
    const imitator = apiCall({
      eventName: 'UpdateTrail',
      userIdentity: issuer('arn:aws:iam::123456789012:role/Admin'),
      userAgent: 'app/riposte-restore-trail',
    });
    expect((await answer(imitator))[0]?.result).toBe('verified');
  });

  it('answers selectors that a role of its own has narrowed, also right after a repair', async () => {
    const guard = changedTrail({ logFileValidationEnabled: false });
    guard.setModes({ 'trail-weakened': 'enforce' });
    const answer = restoreChangedTrail(guard.ports);
    await answer(updateTrail);
    await guard.cloudTrail.putSelectors(mainTrail, { ...readOnly, advancedEventSelectors: [] });
    const arn = 'arn:aws:iam::123456789012:role/riposte-cloudtrail-guard-dev-restore-trail';
    const userIdentity = { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn } } };
    const narrowed = apiCall({
      eventName: 'PutEventSelectors',
      requestParameters: { trailName: 'main' },
      userIdentity,
    });
    expect((await answer(narrowed))[0]?.result).toBe('verified');
    expect(current(guard)).toEqual(sampleConfiguration());
  });

  it('waits for another repair of the trail, and carries on when its function has died', async () => {
    const guard = changedTrail(readOnly);
    const answer = restoreChangedTrail(guard.ports);
    guard.cloudTrail.before = (call) => {
      if (call === 'PutEventSelectors') throw new RangeError('killed');
    };
    await expect(answer(putSelectors)).rejects.toThrow('killed');
    guard.cloudTrail.before = () => undefined;
    await expect(answer(putSelectors)).rejects.toMatchObject({
      name: 'TrailBusyError',
      retryable: true,
    });
    guard.pass(60);
    expect((await answer(putSelectors))[0]?.result).toBe('verified');
    expect(guard.records.messages).toHaveLength(1);
  });

  it('tells people when AWS refuses to restore, and gives up for good', async () => {
    const guard = changedTrail(readOnly);
    guard.cloudTrail.before = (call) => {
      const trail = guard.cloudTrail.held.get(mainTrail.arn);
      if (call === 'PutEventSelectors' && trail) trail.refused = true;
    };
    await expect(restoreChangedTrail(guard.ports)(putSelectors)).rejects.toMatchObject({
      name: 'AccessRefusedError',
    });
    expect(guard.records.messages[0]?.status).toBe('failed');
  });

  it('fails when the settings read back are still weaker', async () => {
    const guard = changedTrail(readOnly);
    guard.cloudTrail.putSelectors = async () => undefined;
    expect((await restoreChangedTrail(guard.ports)(putSelectors))[0]?.result).toBe('failed');
  });

  it('tells people that a trail cannot be read', async () => {
    const guard = fakeGuard({ ...runningTrail(), refused: true });
    await expect(restoreChangedTrail(guard.ports)(updateTrail)).rejects.toMatchObject({
      name: 'AccessRefusedError',
    });
  });

  it('tells a failed attempt, and leaves event data stores to others', async () => {
    const guard = fakeGuard(runningTrail());
    const answer = restoreChangedTrail(guard.ports);
    const attempt = apiCall({ eventName: 'DeleteTrail', errorCode: 'AccessDenied' });
    expect((await answer(attempt))[0]?.result).toBe('told');
    const store = apiCall({
      eventName: 'PutInsightSelectors',
      requestParameters: { eventDataStore: 'eds-1' },
    });
    expect(await answer(store)).toEqual([]);
    await expect(answer(apiCall({ eventName: 'StopLogging' }))).rejects.toMatchObject({
      path: 'detail.eventName',
    });
  });

  it('does nothing where the mode is off', async () => {
    const guard = changedTrail({ logFileValidationEnabled: false });
    guard.setModes({ 'trail-weakened': 'off' });
    expect((await restoreChangedTrail(guard.ports)(updateTrail))[0]?.result).toBe('off');
  });
});

describe('restoreChangedTrail of a deleted trail', () => {
  it('creates it again from the baseline and starts it, where that is enabled', async () => {
    const guard = fakeGuard();
    guard.approve(runningTrail());
    guard.setModes({ 'trail-deleted': 'enforce' });
    expect((await restoreChangedTrail(guard.ports)(deleteTrail))[0]?.result).toBe('verified');
    expect(guard.cloudTrail.held.get(mainTrail.arn)?.status.isLogging).toBe(true);
    expect(guard.records.messages[0]?.message?.body).toContain('exists and RECORDS AGAIN');
  });

  it('plans it as it ships', async () => {
    const guard = fakeGuard();
    guard.approve(runningTrail());
    expect((await restoreChangedTrail(guard.ports)(deleteTrail))[0]?.result).toBe('planned');
    expect(guard.cloudTrail.held.size).toBe(0);
  });

  it('tells that there is no baseline to create it from', async () => {
    const guard = fakeGuard();
    expect((await restoreChangedTrail(guard.ports)(deleteTrail))[0]?.result).toBe('told');
    expect(guard.records.messages[0]?.message?.attributes.severity).toBe('critical');
  });

  it('asks a person when it is deleted again within an hour', async () => {
    const guard = fakeGuard();
    guard.approve(runningTrail());
    guard.setModes({ 'trail-deleted': 'enforce' });
    const answer = restoreChangedTrail(guard.ports);
    await answer(deleteTrail);
    await guard.cloudTrail.remove(mainTrail);
    expect((await answer(deleteTrail))[0]?.result).toBe('planned');
    expect(guard.records.messages.at(-1)?.reason).toContain('a person decides');
  });
});
