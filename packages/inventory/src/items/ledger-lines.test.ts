import { describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { ledgerFolder, ledgerKey, ledgerLines, readLedger } from './ledger-lines.ts';

const key = {
  ...{ type: 'AWS:File', account: '123456789012', region: 'eu-west-1' },
  node: 'i-0123456789abcdef0',
};
const at = '2026-11-24T14:00:00.000Z';
const seen = { versionId: 'v1', at };
const created: LedgerEntry = {
  ...{ identity: '/etc/a\u2028b', name: '/etc/a\u2028b', before: [], openedAt: at, changes: 1 },
  after: [{ identity: '/etc/a', name: '/etc/a', attributes: { Size: '1', __proto__: 'p' } }],
  ...{ since: { from: seen, to: seen }, last: seen, signals: ['time-in-future'] },
};
const named: LedgerEntry = {
  ...created,
  ...{ unreadable: 'after', moved: '/etc/b', rule: 'r', severity: 'high', findingId: 'f' },
  exception: { approvalId: 'fim-1', until: at },
};

describe('a ledger', () => {
  it('lies under its inventory, and says which version it is about and what it holds', () => {
    const name = ledgerKey(key, { versionId: 'v1', sha256: 'abc' });
    expect(name).toBe(
      'fim/ledgers/123456789012/eu-west-1/i-0123456789abcdef0/AWS:File/v1-abc.ndjson',
    );
    expect(name.startsWith(ledgerFolder(key))).toBe(true);
  });

  it('is read back as it was written, a line for each entry', () => {
    const text = ledgerLines([created, named]);
    expect(text.match(/\n/g)).toHaveLength(2);
    expect(readLedger(text)).toEqual([created, named]);
    expect(readLedger('')).toEqual([]);
  });

  it.each([
    ['{', 'line 2'],
    ['{}', 'line 2: identity'],
    [JSON.stringify({ ...created, signals: [7] }), 'line 2: signals.0'],
  ])('that says %p is refused, with the line', (line, path) => {
    const text = `${ledgerLines([created])}${line}\n`;
    expect(() => readLedger(text)).toThrow(expect.objectContaining({ path }));
  });
});
