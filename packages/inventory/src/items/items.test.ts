import { describe, expect, it } from '@jest/globals';
import type { Approval } from '../model/approval.ts';
import type { TrackedInventory } from '../model/tracked-inventory.ts';
import { approvalItem, readApprovalItem } from './approval-item.ts';
import { readTrackedItem, trackedItem } from './tracked-item.ts';

const key = {
  ...{ prefix: 'sync/', type: 'AWS:File', account: '123456789012', region: 'eu-west-1' },
  node: 'i-0123456789abcdef0',
};
const at = '2026-11-24T14:00:00.000Z';
const tracked: TrackedInventory = {
  ...{ bucket: 'inventories', key, revision: 3, reportedAt: at, rules: 'r' },
  seen: { versionId: 'v2', at, digest: 'd', lines: 7, storedAt: at },
  baseline: { versionId: 'v1', at },
  coverage: { 'near-limit': at },
};
const approval: Approval = {
  id: 'fim-01',
  ...key,
  versionId: 'v2',
  by: 'arn:aws:sts::123456789012:assumed-role/soc/kim',
  why: 'change 4711',
  at,
};

describe('items of the table', () => {
  it('lie with their node, inventories by type and place', () => {
    expect(trackedItem(tracked)).toMatchObject({
      pk: 'node#123456789012/eu-west-1/i-0123456789abcdef0',
      sk: 'inventory#AWS:File#inventories/sync/',
    });
    expect(approvalItem(approval)).toMatchObject({
      pk: 'node#123456789012/eu-west-1/i-0123456789abcdef0',
      sk: 'approval#fim-01',
    });
  });

  it('are read back as they were written', () => {
    const whole: TrackedInventory = {
      ...tracked,
      ledger: { key: 'k', sha256: 's', entries: 2 },
      packageChanges: [{ from: at, to: at }],
      packages: at,
      approvals: ['fim-01'],
      announced: {
        ...{ updatedAt: at, digest: 'd', ledgers: [{ key: 'k', sha256: 's', entries: 2 }] },
        coverage: ['near-limit'],
      },
      baseline: { versionId: 'v1', at, approvalId: 'fim-01' },
    };
    expect(readTrackedItem(trackedItem(tracked))).toEqual(tracked);
    expect(readTrackedItem(trackedItem(whole))).toEqual(whole);
    const { account, region, node, type, prefix } = key;
    const plain = { ...approval, account, region, node, type, prefix };
    expect(readApprovalItem(approvalItem({ ...plain, names: ['/etc/*'], until: at }))).toEqual({
      ...plain,
      names: ['/etc/*'],
      until: at,
    });
  });

  it('are not taken for one another', () => {
    expect(readTrackedItem(approvalItem(approval))).toBeUndefined();
    expect(readApprovalItem(trackedItem(tracked))).toBeUndefined();
    expect(readTrackedItem({ ...trackedItem(tracked), coverage: { bored: at } })).toBeUndefined();
  });
});
