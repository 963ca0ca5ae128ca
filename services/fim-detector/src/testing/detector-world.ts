import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AsffFinding } from '@riposte/findings';
import {
  type Approval,
  compileInventoryRules,
  formatInventoryKey,
  type InventoryKey,
  type LedgerEntry,
  ledgerKey,
  ledgerLines,
  readLedger,
  type TrackedInventory,
  trackedId,
} from '@riposte/inventory';
import type { LookPorts } from '../look-at/looking.ts';
import type { ComparisonRecord, FindingName, InventoryObject, ListedVersion } from '../ports.ts';
import { type Files, linesOf, worldKey, worldObject } from './world-files.ts';

/** A finding as the model of Security Hub holds it. */
export interface HeldFinding {
  readonly finding: AsffFinding;
  readonly workflow: string;
  readonly note?: string;
}

interface Stored extends ListedVersion {
  readonly text: string;
}

const rules = compileInventoryRules({
  rules: [
    {
      ...{ id: 'etc', description: 'Settings.', type: 'AWS:File', policy: 'readonly' },
      include: [{ glob: '/etc/**' }],
      ...{ exclude: [], changes: ['created', 'modified', 'deleted'], severity: 'high' },
    },
  ],
});

/** Says before and after each call of a port whether it fails. */
export type Fault = (call: string, when: 'before' | 'after') => boolean;

/** AWS as the detector knows it, in memory. */
export function detectorWorld({ rules: given = rules }: Partial<Pick<LookPorts, 'rules'>> = {}) {
  const objects = new Map<string, Stored[]>();
  const items = new Map<string, TrackedInventory>();
  const approvals: Approval[] = [];
  const ledgers = new Map<string, string>();
  const hub = new Map<string, HeldFinding>();
  const records: ComparisonRecord[] = [];
  const asked: InventoryObject[] = [];
  const calls: string[] = [];
  let fault: Fault = () => false;
  let now = Date.parse('2026-11-24T14:00:00Z');
  let version = 0;

  async function call<T>(name: string, effect: () => T): Promise<T> {
    calls.push(name);
    if (fault(name, 'before')) throw new RangeError(`${name} failed`);
    // Others have their turn between any two calls.
    await new Promise((resolve) => setImmediate(resolve));
    const value = effect();
    if (fault(name, 'after')) throw new RangeError(`${name} answered nothing`);
    return value;
  }

  const workflowOf = (held: HeldFinding | undefined, finding: AsffFinding) => {
    const isBack = held?.finding.RecordState === 'ARCHIVED' && finding.RecordState === 'ACTIVE';
    return isBack && held.workflow !== 'SUPPRESSED' ? 'NEW' : (held?.workflow ?? 'NEW');
  };
  const setWorkflow = (names: readonly FindingName[], note: string, from: string[], to: string) => {
    for (const { id } of names) {
      const held = hub.get(id);
      if (held && from.includes(held.workflow)) hub.set(id, { ...held, workflow: to, note });
    }
  };

  const ports: LookPorts = {
    inventories: {
      since: (_bucket, key, versionId) =>
        call('list', () => {
          const all = objects.get(key) ?? [];
          const at = all.findIndex((one) => one.versionId === versionId);
          return { found: versionId === undefined || at >= 0, versions: all.slice(at + 1) };
        }),
      open: (_bucket, key, versionId) =>
        call('get', () => {
          const found = objects.get(key)?.find((one) => one.versionId === versionId);
          if (!found || found.deleteMarker) return undefined;
          return { open: () => Readable.from([Buffer.from(found.text, 'latin1')]) };
        }),
    },
    tracked: {
      read: (wanted) =>
        call('read', () => {
          const ids = new Set(wanted.map(trackedId));
          return new Map([...items].filter(([id]) => ids.has(id)));
        }),
      move: (inventories) =>
        call('move', () => {
          const overtaken = new Set<string>();
          for (const one of inventories) {
            const id = trackedId(one);
            const stored = items.get(id)?.revision ?? 0;
            if (stored === one.revision - 1) items.set(id, structuredClone(one));
            else overtaken.add(id);
          }
          return overtaken;
        }),
      approvals: ({ key }) =>
        call('approvals', () =>
          approvals.filter(({ node, type }) => node === key.node && type === key.type),
        ),
    },
    ledgers: {
      read: ({ key }) => call('read ledger', () => readLedger(ledgers.get(key) ?? '')),
      write: ({ key }, versionId, entries: readonly LedgerEntry[]) =>
        call('write ledger', () => {
          const text = ledgerLines(entries);
          const sha256 = createHash('sha256').update(text).digest('hex');
          const name = ledgerKey(key, { versionId, sha256 });
          ledgers.set(name, text);
          return { key: name, sha256, entries: entries.length };
        }),
    },
    imports: {
      import: (findings) =>
        call('import', () => {
          for (const finding of findings) {
            const held = hub.get(finding.Id);
            if (held && held.finding.UpdatedAt >= finding.UpdatedAt) continue;
            hub.set(finding.Id, {
              ...held,
              finding: structuredClone(finding),
              workflow: workflowOf(held, finding),
            });
          }
        }),
      resolve: (names, note) =>
        call('resolve', () => setWorkflow(names, note, ['NEW', 'NOTIFIED'], 'RESOLVED')),
      reopen: (names, note) => call('reopen', () => setWorkflow(names, note, ['RESOLVED'], 'NEW')),
    },
    comparisons: { keep: (kept) => call('keep', () => void records.push(...kept)) },
    rules: given,
    evidenceBucket: 'evidence',
    ask: (others) => call('ask', () => void asked.push(...others)),
    clock: () => new Date(now),
  };

  /** Stores what the sync would; a minute passes. @returns the version. */
  function store(text: string | undefined, key: InventoryKey = worldKey): string {
    now += 60_000;
    version += 1;
    const name = formatInventoryKey(key);
    const stored: Stored = {
      versionId: `v${version}`,
      storedAt: new Date(now).toISOString(),
      bytes: text?.length ?? 0,
      deleteMarker: text === undefined,
      text: text ?? '',
    };
    objects.set(name, [...(objects.get(name) ?? []), stored]);
    return stored.versionId;
  }

  return {
    ...{ ports, hub, items, ledgers, approvals, records, asked, calls, objects, store },
    /** The node reports its files. */
    report: (files: Files, key?: InventoryKey) =>
      store(linesOf(files, new Date(now + 30_000).toISOString().replace(/\.\d+/, '')), key),
    /** A version goes, as by a lifecycle or an attacker. */
    lose: (versionId: string, key: InventoryKey = worldKey) => {
      const name = formatInventoryKey(key);
      const left = (objects.get(name) ?? []).filter((one) => one.versionId !== versionId);
      objects.set(name, left);
    },
    approve: (changes: Partial<Approval> = {}) => {
      now += 60_000;
      const { account, region, node, type, prefix } = worldKey;
      const seen = items.get(trackedId(worldObject))?.seen.versionId ?? '';
      approvals.push({
        ...{ account, region, node, type, prefix, versionId: seen },
        ...{ id: `fim-${now}`, by: 'arn:ann', why: 'change 4711', at: new Date(now).toISOString() },
        ...changes,
      });
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    failing: (when: Fault) => {
      fault = when;
    },
  };
}

export type DetectorWorld = ReturnType<typeof detectorWorld>;
