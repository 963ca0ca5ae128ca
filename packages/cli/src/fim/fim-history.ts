import { escapeText } from '@riposte/findings';
import type { Approval, LedgerEntry, TrackedInventory } from '@riposte/inventory';
import { counted } from '../format/numbers.ts';
import { findInventories, type InventoryQuery, nodeText } from './find-inventories.ts';
import type { FimPorts, KeptLedger } from './ports.ts';

/** Something that happened to an inventory. */
export interface HistoryItem {
  /** ISO 8601. */
  readonly at: string;
  readonly node: string;
  readonly type: string;
  readonly what: 'baseline' | 'drift' | 'approval';
  readonly text: string;
  /** Names that began to differ, that changed again, and that are as approved again. */
  readonly began?: readonly string[];
  readonly again?: readonly string[];
  readonly ended?: readonly string[];
  readonly approval?: Approval;
}

type HistoryPorts = Pick<FimPorts, 'inventories' | 'ledger' | 'ledgers' | 'approvals'>;

/**
 * What happened to a node's inventories, oldest first: from the ledgers that were kept, and the approvals.
 *
 * @param query `most`: how many ledgers of each inventory are read, the newest of them.
 */
export async function fimHistory(
  query: InventoryQuery & { readonly node: string; readonly most: number },
  ports: HistoryPorts,
): Promise<readonly HistoryItem[]> {
  const found = await findInventories(query, ports);
  const items = await Promise.all(found.map((one) => historyOf(one, query.most, ports)));
  return items.flat().toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

async function historyOf(
  tracked: TrackedInventory,
  most: number,
  ports: HistoryPorts,
): Promise<readonly HistoryItem[]> {
  const about = { node: nodeText(tracked), type: tracked.key.type };
  const { baseline, key } = tracked;
  const approvals = (await ports.approvals(key)).filter(
    ({ type, prefix }) => type === key.type && prefix === key.prefix,
  );
  return [
    {
      ...about,
      at: baseline.at,
      what: 'baseline',
      text: `baseline, version ${baseline.versionId}`,
    },
    ...(await ledgerItems(await ports.ledgers(tracked, most + 1), most, ports)).map((item) => ({
      ...about,
      ...item,
    })),
    ...approvals.map((approval) => ({
      ...{ ...about, at: approval.at, what: 'approval' as const, approval },
      text: approvalText(approval),
    })),
  ];
}

function approvalText({ names, by, why, until }: Approval): string {
  const what = names ? names.map((name) => escapeText(name, 200)).join(', ') : 'everything';
  const end = until === undefined ? '' : `, until ${until}`;
  return `${what} approved by ${escapeText(by, 200)}${end}: ${escapeText(why, 300)}`;
}

/** What each ledger says that the one before it did not. */
async function ledgerItems(
  kept: readonly KeptLedger[],
  most: number,
  { ledger }: Pick<FimPorts, 'ledger'>,
): Promise<readonly Omit<HistoryItem, 'node' | 'type'>[]> {
  const items: Omit<HistoryItem, 'node' | 'type'>[] = [];
  let before: readonly LedgerEntry[] | undefined = kept.length > most ? undefined : [];
  for (const { key, at } of kept) {
    const now = await ledger({ key });
    if (before) items.push({ at, what: 'drift', ...difference(before, now) });
    before = now;
  }
  return items;
}

function difference(before: readonly LedgerEntry[], now: readonly LedgerEntry[]) {
  const was = new Map(before.map((entry) => [entry.identity, entry]));
  const is = new Set(now.map(({ identity }) => identity));
  const began = now.filter(({ identity }) => !was.has(identity)).map(({ name }) => name);
  const again = now
    .filter(({ identity, changes }) => (was.get(identity)?.changes ?? changes) !== changes)
    .map(({ name }) => name);
  const ended = before.filter(({ identity }) => !is.has(identity)).map(({ name }) => name);
  const parts = [
    ...(began.length > 0 ? [`${counted(began.length, 'difference')} began`] : []),
    ...(again.length > 0 ? [`${again.length} changed again`] : []),
    ...(ended.length > 0 ? [`${ended.length} ended`] : []),
  ];
  return { began, again, ended, text: parts.join(', ') || 'judged again' };
}

const shownNames = 10;

/** A history as people read it. */
export function historyText(items: readonly HistoryItem[]): string {
  return items
    .flatMap((item) => [
      `${item.at}  ${item.type}  ${item.text}`,
      ...nameLines('+', item.began),
      ...nameLines('~', item.again),
      ...nameLines('=', item.ended),
    ])
    .join('\n');
}

function nameLines(sign: string, names: readonly string[] = []): readonly string[] {
  const lines = names.slice(0, shownNames).map((name) => `    ${sign} ${escapeText(name, 300)}`);
  const rest = names.length - lines.length;
  return rest > 0 ? [...lines, `    ${sign} and ${rest} more`] : lines;
}
