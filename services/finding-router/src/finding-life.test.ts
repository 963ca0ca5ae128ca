import { describe, expect, it } from '@jest/globals';
import { type FindingLife, lifeAfter, type Stand, timesOf } from './finding-life.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 10, minute)).toISOString();
const minutes = (count: number) => count * 60_000;
const stand = (minute: number, status: Stand['status'], format: Stand['format'] = 'asff') => ({
  format,
  status,
  at: at(minute),
});

/** The times that each of these events brings. */
function times(...stands: readonly Stand[]) {
  let life: FindingLife | undefined;
  return stands.map((one) => {
    const after = lifeAfter(life, one);
    const brought = timesOf(life, after, one.at);
    life = after;
    return brought;
  });
}

describe('the life of a finding', () => {
  it('is timed from when it was first seen open to its acknowledgement and to its end', () => {
    const brought = times(stand(0, 'open'), stand(7, 'acknowledged'), stand(30, 'resolved'));
    expect(brought).toEqual([{}, { toAcknowledge: minutes(7) }, { toResolve: minutes(30) }]);
  });

  it('has one acknowledgement, even where it is taken back', () => {
    const brought = times(
      stand(0, 'open'),
      stand(1, 'acknowledged'),
      stand(2, 'open'),
      stand(3, 'acknowledged'),
    );
    expect(brought).toEqual([{}, { toAcknowledge: minutes(1) }, {}, {}]);
  });

  it('begins anew when it opens again', () => {
    const brought = times(
      stand(0, 'open'),
      stand(10, 'resolved'),
      stand(60, 'open'),
      stand(65, 'acknowledged'),
      stand(80, 'resolved'),
    );
    expect(brought.slice(3)).toEqual([{ toAcknowledge: minutes(5) }, { toResolve: minutes(20) }]);
  });

  it('has no times where the finding was never seen open, or was taken on before', () => {
    expect(times(stand(0, 'resolved'), stand(5, 'resolved'))).toEqual([{}, {}]);
    expect(times(stand(0, 'acknowledged'), stand(5, 'acknowledged'))).toEqual([{}, {}]);
  });

  it('ends once, whichever copy ends first, and the other copy does not open it again', () => {
    const brought = times(
      stand(0, 'open'),
      stand(1, 'open', 'ocsf'),
      stand(9, 'resolved'),
      stand(10, 'open', 'ocsf'),
      stand(11, 'acknowledged', 'ocsf'),
      stand(12, 'resolved', 'ocsf'),
    );
    expect(brought).toEqual([{}, {}, { toResolve: minutes(9) }, {}, {}, {}]);
  });

  it('is begun again by a copy that was closed before', () => {
    const brought = times(
      stand(0, 'open'),
      stand(9, 'resolved'),
      stand(10, 'open', 'ocsf'),
      stand(20, 'open'),
      stand(25, 'resolved', 'ocsf'),
    );
    expect(brought.slice(2)).toEqual([{}, {}, { toResolve: minutes(5) }]);
  });

  it('is never shorter than nothing, and has no time where a clock cannot be read', () => {
    expect(times(stand(5, 'open'), stand(1, 'resolved'))[1]).toEqual({ toResolve: 0 });
    const unreadable = { format: 'asff', status: 'resolved', at: 'noon' } as const;
    expect(times(stand(5, 'open'), unreadable)[1]).toEqual({});
  });
});
