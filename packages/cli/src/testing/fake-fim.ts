import type { Approval, DetectorMessage, LedgerEntry, TrackedInventory } from '@riposte/inventory';
import type { FimPorts, KeptLedger } from '../fim/ports.ts';
import { caller, now } from './fakes.ts';

/** A node whose files have drifted. */
export const driftedNode = 'i-0123456789abcdef0';
/** When it was seen last. */
export const seenAt = '2026-11-24T13:00:00.000Z';

/** What is known of an inventory of it. */
export function inventoryOfNode(
  changes: Partial<TrackedInventory> = {},
  type = 'AWS:File',
): TrackedInventory {
  return {
    ...{ bucket: 'inventories', revision: 1, reportedAt: seenAt, rules: 'r', coverage: {} },
    key: { prefix: '', type, account: '123456789012', region: 'eu-west-1', node: driftedNode },
    seen: { versionId: 'v2', at: seenAt, digest: 'd', lines: 2, storedAt: seenAt },
    baseline: { versionId: 'v1', at: '2026-11-24T12:00:00.000Z', approvalId: 'fim-1' },
    ...changes,
  };
}

/** A file that was changed. */
export function driftedFile(name: string, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const entry = (Size: string) => ({
    ...{ identity: name, name },
    attributes: { Size, ModificationTime: seenAt },
  });
  return {
    ...{ identity: name, name, before: [entry('23')], after: [entry('41')], changes: 1 },
    since: {
      from: { versionId: 'v1', at: '2026-11-24T12:00:00.000Z' },
      to: { versionId: 'v2', at: seenAt },
    },
    last: { versionId: 'v2', at: seenAt },
    openedAt: seenAt,
    signals: [],
    ...{ rule: 'payments', severity: 'high', findingId: 'f' },
    ...changes,
  };
}

/** Its files, one of which differs. */
export const inventoryWithLedger = inventoryOfNode({
  ledger: { key: 'l2', sha256: 's', entries: 1 },
});

interface World {
  readonly inventories?: readonly TrackedInventory[];
  readonly ledgers?: Readonly<Record<string, readonly LedgerEntry[]>>;
  readonly kept?: readonly KeptLedger[];
  readonly approvals?: readonly Approval[];
  /** Revision of every inventory once an approval was given. */
  readonly revisionAfter?: number;
}

/** The detector's memory, without AWS. */
export function fakeFim(world: World = {}) {
  const {
    inventories = [inventoryWithLedger],
    ledgers = { l2: [driftedFile('/etc/paymentapp/config.yaml')] },
  } = world;
  const approved: Approval[] = [];
  const sent: DetectorMessage[] = [];
  let passed = 0;
  const fake: FimPorts = {
    inventories: async () => inventories,
    inventory: async (one) => ({ ...one, revision: world.revisionAfter ?? one.revision }),
    ledger: async ({ key }) => ledgers[key] ?? [],
    ledgers: async (_, most) => (world.kept ?? []).slice(-most),
    approvals: async () => world.approvals ?? [],
    approve: async (approval) => {
      approved.push(approval);
    },
    send: async (message) => {
      sent.push(message);
    },
    wait: async (milliseconds) => {
      passed += milliseconds;
    },
    caller,
    stage: 'prod',
    clock: () => new Date(now.getTime() + passed),
  };
  return { fake, approved, sent, waited: () => passed };
}
