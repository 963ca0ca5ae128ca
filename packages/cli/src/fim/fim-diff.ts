import { escapeText } from '@riposte/findings';
import { type Entry, kindOf, type LedgerEntry, type TrackedInventory } from '@riposte/inventory';
import { counted } from '../format/numbers.ts';
import { findInventories, type InventoryQuery, nodeText } from './find-inventories.ts';
import type { FimPorts } from './ports.ts';

/** What differs from the approved state of one inventory. */
export interface InventoryDrift {
  readonly node: string;
  readonly type: string;
  /** The version that was compared last: what an approval is bound to. */
  readonly versionId: string;
  readonly capturedAt: string;
  readonly entries: readonly LedgerEntry[];
}

/** What differs from the approved state of a node, type by type. */
export async function fimDiff(
  query: InventoryQuery & { readonly node: string },
  ports: Pick<FimPorts, 'inventories' | 'ledger'>,
): Promise<readonly InventoryDrift[]> {
  const found = await findInventories(query, ports);
  return Promise.all(found.map((one) => driftOf(one, ports)));
}

/** What differs from the approved state of one inventory. */
export async function driftOf(
  one: TrackedInventory,
  ports: Pick<FimPorts, 'ledger'>,
): Promise<InventoryDrift> {
  return {
    node: nodeText(one),
    type: one.key.type,
    versionId: one.seen.versionId,
    capturedAt: one.seen.at,
    entries: one.ledger ? await ports.ledger(one.ledger) : [],
  };
}

/** Drift as people read it. */
export function diffText(drifts: readonly InventoryDrift[]): string {
  return drifts.map(driftText).join('\n\n');
}

function driftText({ node, type, versionId, capturedAt, entries }: InventoryDrift): string {
  const seen = `captured ${capturedAt}, version ${escapeText(versionId, 120)}`;
  if (entries.length === 0) return `${node} ${type}: as approved (${seen})`;
  const lines = entries.flatMap(entryLines);
  return [`${node} ${type}: ${counted(entries.length, 'difference')} (${seen})`, ...lines].join(
    '\n',
  );
}

const signs = { created: '+', modified: '~', deleted: '-' } as const;

/** One difference: what, since when, and each attribute that is another. */
export function entryLines(entry: LedgerEntry): readonly string[] {
  const { name, since, exception, rule, severity, signals } = entry;
  const kind = kindOf(entry);
  const marks = [
    rule === undefined ? 'no rule names it' : `${severity ?? 'informational'} by ${rule}`,
    ...signals,
    ...(exception ? [`approved until ${exception.until}`] : []),
  ];
  const when = `between ${since.from.at} and ${since.to.at}`;
  return [
    `  ${signs[kind]} ${escapeText(name, 400)}`,
    `      ${kind} ${when}; ${marks.join('; ')}`,
    ...attributeLines(entry.before, entry.after),
  ];
}

function attributeLines(before: readonly Entry[], after: readonly Entry[]): readonly string[] {
  if (before.length !== 1 || after.length !== 1) return [];
  const [was = {}, is = {}] = [before[0]?.attributes, after[0]?.attributes];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted();
  return names
    .filter((name) => was[name] !== is[name])
    .map((name) => `      ${escapeText(name, 60)}: ${shown(was[name])} -> ${shown(is[name])}`);
}

function shown(value: string | undefined): string {
  if (value === undefined) return '(none)';
  return value === '' ? '(empty)' : escapeText(value, 120);
}
