import type { CoverageProblem, TrackedInventory } from '@riposte/inventory';
import { fitColumns } from '../format/fit-columns.ts';
import { count } from '../format/numbers.ts';
import { findInventories, type InventoryQuery, nodeText } from './find-inventories.ts';
import type { FimPorts } from './ports.ts';

/** How one inventory stands. */
export interface InventoryStatus {
  readonly node: string;
  readonly type: string;
  /** When the node wrote down what was compared last; ISO 8601. */
  readonly capturedAt: string;
  readonly lines: number;
  /** Whether a person has said that its baseline is good. */
  readonly baseline: 'approved' | 'not approved';
  readonly baselineAt: string;
  /** How many things differ from the approved state. */
  readonly drift: number;
  /** What keeps it from being watched, and since when. */
  readonly problems: Readonly<Partial<Record<CoverageProblem, string>>>;
}

/** How inventories stand: those with drift or a problem; with `all`, also those in order. */
export async function fimStatus(
  query: InventoryQuery & { readonly all?: boolean },
  ports: Pick<FimPorts, 'inventories'>,
): Promise<{ readonly inventories: readonly InventoryStatus[]; readonly inOrder: number }> {
  const all = (await findInventories(query, ports)).map(statusOf);
  const wanted = query.all || query.node !== undefined ? all : all.filter(isOdd);
  return { inventories: wanted, inOrder: all.filter((one) => !isOdd(one)).length };
}

function statusOf(one: TrackedInventory): InventoryStatus {
  return {
    node: nodeText(one),
    type: one.key.type,
    capturedAt: one.seen.at,
    lines: one.seen.lines,
    baseline: one.baseline.approvalId === undefined ? 'not approved' : 'approved',
    baselineAt: one.baseline.at,
    drift: one.ledger?.entries ?? 0,
    problems: one.coverage,
  };
}

function isOdd({ drift, problems, baseline }: InventoryStatus): boolean {
  return drift > 0 || Object.keys(problems).length > 0 || baseline === 'not approved';
}

/** Statuses as people read them. */
export function statusTable(
  { inventories, inOrder }: Awaited<ReturnType<typeof fimStatus>>,
  width?: number,
): string {
  const rest = `${count(inOrder)} of them in order`;
  if (inventories.length === 0)
    return inOrder === 0 ? 'No inventory has been seen.' : `All ${rest}.`;
  const rows = inventories.map((one) => [
    one.node,
    one.type,
    one.capturedAt.slice(0, 16).replace('T', ' '),
    count(one.lines),
    count(one.drift),
    one.baseline,
    Object.keys(one.problems).join(', ') || '-',
  ]);
  const headings = ['NODE', 'TYPE', 'CAPTURED', 'LINES', 'DRIFT', 'BASELINE', 'PROBLEMS'];
  const table = fitColumns(headings, rows, {
    numbers: [3, 4],
    ...(width !== undefined && { width }),
  });
  return `${table}\n\n${count(inventories.length)} shown, ${rest}. What differs: riposte fim diff NODE`;
}
