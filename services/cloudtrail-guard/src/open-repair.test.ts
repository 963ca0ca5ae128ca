import { describe, expect, it } from '@jest/globals';
import { finishClaimed } from './finish-claimed.ts';
import { restoreChangedTrail } from './restore-changed-trail.ts';
import { type FakeGuard, fakeGuard, mainTrail, runningTrail } from './testing/fake-guard.ts';
import { apiCall } from './testing/sample-events.ts';

/** A guard whose function died over the repair of a weakened trail, a minute ago. */
async function afterDeath(): Promise<FakeGuard> {
  const guard = fakeGuard(runningTrail(mainTrail, { logFileValidationEnabled: false }));
  guard.approve(runningTrail());
  guard.setModes({ 'trail-weakened': 'enforce' });
  guard.cloudTrail.before = (name) => {
    if (name === 'UpdateTrail') throw new RangeError('killed');
  };
  const answer = restoreChangedTrail(guard.ports);
  await expect(answer(apiCall({ eventName: 'UpdateTrail' }))).rejects.toThrow('killed');
  guard.cloudTrail.before = () => undefined;
  guard.pass(60);
  return guard;
}

function refuse({ cloudTrail }: FakeGuard): void {
  const held = cloudTrail.held.get(mainTrail.arn);
  if (held) held.refused = true;
}

function forget({ ports }: FakeGuard): void {
  ports.baselines.of = async () => undefined;
}

describe('a repair whose function has died', () => {
  it.each([
    ['cannot be read any more', 'is refused', refuse],
    ['is gone', 'is not there', (guard: FakeGuard) => guard.cloudTrail.held.clear()],
    ['has no baseline any more', 'no approved baseline', forget],
  ])('is told of as failed when its trail %s', async (_what, reason, change) => {
    const guard = await afterDeath();
    change(guard);
    expect(await finishClaimed(guard.ports)).toMatchObject([{ result: 'failed' }]);
    expect(guard.records.messages).toMatchObject([
      { status: 'failed', reason: expect.stringContaining(reason) },
    ]);
    expect(await finishClaimed(guard.ports)).toEqual([]);
  });

  it('stays open where trying again may help', async () => {
    const guard = await afterDeath();
    guard.cloudTrail.before = () => {
      throw new RangeError('throttled');
    };
    await expect(finishClaimed(guard.ports)).rejects.toThrow('throttled');
    expect(guard.records.messages).toEqual([]);
  });
});
