import { describe, expect, it } from '@jest/globals';
import { judge } from './result.ts';

describe('judge', () => {
  it('limits the ratio of a time beside a peer', () => {
    const time = { case: 'cold', unit: 'ms', peer: 1000, peerName: 'them', limit: 0.5 } as const;
    expect(judge({ ...time, ours: 500 })).toMatchObject({ ratio: 0.5, limit: 0.5, ok: true });
    expect(judge({ ...time, ours: 501 })).toMatchObject({ ratio: 0.501, ok: false });
  });

  it('limits a time of our own where there is no peer', () => {
    const time = { case: 'own code', unit: 'ms', limit: 5 } as const;
    expect(judge({ ...time, ours: 4.9 })).toMatchObject({ ratio: null, ok: true });
    expect(judge({ ...time, ours: 5.1 })).toMatchObject({ ratio: null, ok: false });
  });

  it('limits counts themselves, whatever a peer needs', () => {
    const zip = { case: 'zip', unit: 'bytes', peer: 750_000, limit: 1_000_000 } as const;
    expect(judge({ ...zip, ours: 900_000 })).toMatchObject({ ratio: 1.2, ok: true });
    expect(judge({ ...zip, ours: 1_000_001 })).toMatchObject({ ok: false });
  });

  it('takes a limit of none literally', () => {
    const calls = { case: 'others', unit: 'calls', limit: 0 } as const;
    expect(judge({ ...calls, ours: 0 }).ok).toBe(true);
    expect(judge({ ...calls, ours: 1 }).ok).toBe(false);
  });

  it('misses a limit that cannot be checked', () => {
    expect(judge({ case: 'cold', unit: 'ms', ours: 1, peer: 0, limit: 0.5 }).ok).toBe(false);
  });

  it('judges before it rounds', () => {
    const result = judge({ case: 'own code', unit: 'ms', ours: 5.0001, limit: 5 });
    expect(result).toMatchObject({ ours: 5, ok: false });
  });

  it('names everything, also what is not there', () => {
    expect(judge({ case: 'told', unit: 'ms', ours: 12.34567 })).toEqual({
      case: 'told',
      unit: 'ms',
      ours: 12.346,
      peer: null,
      peerName: null,
      ratio: null,
      limit: null,
      ok: true,
    });
  });
});
