import { describe, expect, it } from '@jest/globals';
import { judge, type Measurement } from './result.ts';
import { tableOf } from './table.ts';

const machine = { cpu: 'A CPU', cores: 2, memoryBytes: 1, system: 'linux', node: 'v24.0.0' };
const table = (...rows: readonly Measurement[]) =>
  tableOf({ name: 'guard', machine, results: rows.map(judge) }).split('\n');

describe('tableOf', () => {
  it('says on which machine it was measured', () => {
    expect(table()[0]).toBe('guard  (A CPU, 2 cores, Node v24.0.0)');
  });

  it('aligns amounts, ratios, limits and verdicts under their headings', () => {
    expect(
      table(
        { case: 'cold', unit: 'ms', ours: 400, peer: 1000, peerName: 'them', limit: 0.5 },
        { case: 'own code', unit: 'ms', ours: 7.5, limit: 5 },
        { case: 'others', unit: 'calls', ours: 1 },
        { case: 'zip', unit: 'bytes', ours: 336_206, limit: 1_000_000 },
      ).slice(1),
    ).toEqual([
      'case         ours  peer          ratio       limit',
      'cold       400 ms  1000 ms them  0.40x    <= 0.50x      ok',
      'own code  7.50 ms                       <= 5.00 ms  MISSED',
      'others     1 call',
      'zip        336 KB                       <= 1000 KB      ok',
      '1 of 3 limits missed: own code',
    ]);
  });

  it('ends by saying that all limits are kept', () => {
    const rows = table({ case: 'others', unit: 'calls', ours: 0, limit: 0 });
    expect(rows.at(-1)).toBe('all 1 limits are kept');
  });
});
