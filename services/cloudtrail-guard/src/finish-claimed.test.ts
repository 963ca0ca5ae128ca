import { describe, expect, it } from '@jest/globals';
import { readStoredRecord } from '@riposte/responses';
import { finishClaimed } from './finish-claimed.ts';
import { restartStoppedTrail } from './restart-stopped-trail.ts';
import { restoreChangedTrail } from './restore-changed-trail.ts';
import {
  type FakeGuard,
  fakeGuard,
  mainTrail,
  runningTrail,
  stoppedTrail,
} from './testing/fake-guard.ts';
import { apiCall } from './testing/sample-events.ts';

const stopLogging = apiCall({ eventName: 'StopLogging' });
const updateTrail = apiCall({ eventName: 'UpdateTrail' });
const weak = { logFileValidationEnabled: false };

/** Lets the function die between claim and conclusion, and goes on when its lease is over. */
async function dying(guard: FakeGuard, run: () => Promise<unknown>): Promise<void> {
  const { conclude } = guard.records;
  guard.records.conclude = async () => {
    throw new RangeError('killed');
  };
  await expect(run()).rejects.toThrow('killed');
  guard.records.conclude = conclude;
  guard.pass(60);
}

/** An attempt that AWS refused. */
async function attempted(): Promise<FakeGuard> {
  const guard = fakeGuard(runningTrail());
  const attempt = apiCall({ eventName: 'StopLogging', errorCode: 'AccessDenied' });
  await dying(guard, () => restartStoppedTrail(guard.ports)(attempt));
  return guard;
}

/** A trail that was stopped three times within ten minutes. */
async function escalated(): Promise<FakeGuard> {
  const guard = fakeGuard(stoppedTrail());
  const answer = restartStoppedTrail(guard.ports);
  for (let count = 0; count < 2; count += 1) {
    await answer(stopLogging);
    guard.pass(30);
    await guard.cloudTrail.stop(mainTrail);
  }
  const { conclude } = guard.records;
  guard.records.conclude = async (record) => {
    if (record.kind === 'trail-stopped-repeatedly') throw new RangeError('killed');
    await conclude(record);
  };
  await expect(answer(stopLogging)).rejects.toThrow('killed');
  guard.records.conclude = conclude;
  guard.pass(60);
  return guard;
}

/** A weakened trail, restored and weakened again. */
async function asked(): Promise<FakeGuard> {
  const guard = fakeGuard(runningTrail(mainTrail, weak));
  guard.approve(runningTrail());
  guard.setModes({ 'trail-weakened': 'enforce' });
  const answer = restoreChangedTrail(guard.ports);
  await answer(updateTrail);
  await guard.cloudTrail.update(mainTrail, weak);
  guard.pass(600);
  await dying(guard, () => answer(updateTrail));
  return guard;
}

/** A weakened trail whose mode is that of the shipped settings. */
async function planned(): Promise<FakeGuard> {
  const guard = fakeGuard(runningTrail(mainTrail, weak));
  guard.approve(runningTrail());
  await dying(guard, () => restoreChangedTrail(guard.ports)(updateTrail));
  return guard;
}

/** A trail that nobody may read. */
async function unreadable(): Promise<FakeGuard> {
  const guard = fakeGuard({ ...runningTrail(), refused: true });
  await dying(guard, () => restoreChangedTrail(guard.ports)(updateTrail));
  return guard;
}

describe('finishClaimed', () => {
  it.each([
    ['an attempt', 'told', 'TOLD', attempted],
    ['repeated stops', 'planned', 'ESCALATED', escalated],
    ['a change that came back', 'planned', 'NOT CHANGED', asked],
    ['a change that is only planned', 'planned', 'NOT CHANGED', planned],
    ['a trail that cannot be read', 'failed', 'FAILED', unreadable],
  ])('tells of %s as it was meant: %s', async (_what, status, word, dead) => {
    const guard = await dead();
    const before = guard.records.messages.length;
    expect(await finishClaimed(guard.ports)).toMatchObject([{ result: status }]);
    const [record, ...more] = guard.records.messages.slice(before);
    expect(more).toEqual([]);
    expect(record).toMatchObject({ status, message: { subject: expect.stringContaining(word) } });
    expect(record).not.toHaveProperty('tells');
  });

  it('tells of what a claim of an earlier version says nothing about', async () => {
    const guard = await attempted();
    for (const [id, record] of guard.records.held) {
      const { tells: _tells, ...earlier } = record;
      guard.records.held.set(id, readStoredRecord(earlier));
    }
    expect(await finishClaimed(guard.ports)).toMatchObject([{ result: 'told' }]);
  });

  it('tells once', async () => {
    const guard = await unreadable();
    await finishClaimed(guard.ports);
    expect(await finishClaimed(guard.ports)).toEqual([]);
    expect(guard.records.messages).toHaveLength(1);
  });

  it('leaves an incident to whoever still works on it', async () => {
    const guard = await attempted();
    guard.records.claim = async (record) => ({ claimed: false, record });
    expect(await finishClaimed(guard.ports)).toEqual([]);
    expect(guard.records.messages).toEqual([]);
  });
});
