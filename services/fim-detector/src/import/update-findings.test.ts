import { describe, expect, it } from '@jest/globals';
import { fakeHub } from './testing/fake-hub.ts';
import { own, region } from './testing/sample-findings.ts';
import { reopenFindings, resolveFindings } from './update-findings.ts';

const owner = { findingAccount: 'member', ownAccount: own } as const;
const name = (id: string) => ({ id, account: own, region });

describe('resolveFindings', () => {
  it('sets findings RESOLVED with the note, those alike in one call', async () => {
    const world = fakeHub(undefined, [
      { id: 'a', workflow: 'NEW' },
      { id: 'b', workflow: 'NOTIFIED', note: 'call Ana', noteBy: 'ana' },
      { id: 'c', workflow: 'NEW' },
    ]);
    await resolveFindings({ ...world, owner })(['a', 'b', 'c', 'gone'].map(name), 'approved by B');
    expect(world.updates).toEqual([
      { ids: ['a', 'c'], change: { note: 'Riposte: approved by B', workflow: 'RESOLVED' } },
      {
        ids: ['b'],
        change: { note: 'call Ana\n--- Riposte: approved by B', workflow: 'RESOLVED' },
      },
    ]);
  });

  it('changes nothing the second time', async () => {
    const world = fakeHub(undefined, [
      { id: 'a', workflow: 'RESOLVED', note: 'Riposte: approved by B', noteBy: 'riposte' },
    ]);
    await resolveFindings({ ...world, owner })([name('a')], 'approved by B');
    expect(world.updates).toEqual([]);
  });

  it('asks for at most twenty findings, and changes at most a hundred, a call', async () => {
    const ids = Array.from({ length: 130 }, (_, index) => `f${index}`);
    const world = fakeHub(
      undefined,
      ids.map((id) => ({ id, workflow: 'NEW' })),
    );
    await resolveFindings({ ...world, owner })(ids.map(name), 'approved');
    expect(world.updates.map(({ ids: some }) => some.length)).toEqual([100, 30]);
  });

  it('tries an unprocessed finding once more alone, then counts it', async () => {
    const world = fakeHub(undefined, [
      { id: 'a', workflow: 'NEW' },
      { id: 'b', workflow: 'NEW' },
    ]);
    world.unprocessed.set('b', 'FindingNotFound');
    await resolveFindings({ ...world, owner })(['a', 'b'].map(name), 'approved');
    expect(world.updates.map(({ ids }) => ids)).toEqual([['a', 'b'], ['b']]);
    expect(world.measures).toEqual([{ name: 'FindingsNotUpdated', value: 1, unit: 'Count' }]);
  });

  it('throws where a retry can mend it', async () => {
    const world = fakeHub(undefined, [{ id: 'a', workflow: 'NEW' }]);
    world.unprocessed.set('a', 'ConcurrentUpdateError');
    await expect(resolveFindings({ ...world, owner })([name('a')], 'x')).rejects.toMatchObject({
      name: 'HubUnavailableError',
      retryable: true,
    });
  });
});

describe('reopenFindings', () => {
  it('sets NEW what somebody has set RESOLVED, and leaves all others', async () => {
    const world = fakeHub(undefined, [
      { id: 'a', workflow: 'RESOLVED', note: 'seen by Ana', noteBy: 'ana' },
      { id: 'b', workflow: 'SUPPRESSED' },
      { id: 'c', workflow: 'NOTIFIED' },
    ]);
    await reopenFindings({ ...world, owner })(['a', 'b', 'c'].map(name), 'changed again');
    expect(world.updates).toEqual([
      { ids: ['a'], change: { note: 'seen by Ana\n--- Riposte: changed again', workflow: 'NEW' } },
    ]);
  });
});
