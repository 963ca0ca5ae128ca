import type { TrackedInventory } from '@riposte/inventory';
import { NotFoundError } from '../errors.ts';
import type { FimPorts } from './ports.ts';

/** Which inventories a command is about. */
export interface InventoryQuery {
  /** A node's id; or `ACCOUNT/REGION/ID` where several accounts have one of that id. */
  readonly node?: string;
  /** E.g. `AWS:File`; each when absent. */
  readonly type?: string;
}

/** Where an inventory is, as people name it. */
export function nodeText({ key }: Pick<TrackedInventory, 'key'>): string {
  return `${key.account}/${key.region}/${key.node}`;
}

/**
 * The inventories that a person asks for, by node and type.
 *
 * @throws NotFoundError where a node is named that nothing is known of.
 */
export async function findInventories(
  { node, type }: InventoryQuery,
  ports: Pick<FimPorts, 'inventories'>,
): Promise<readonly TrackedInventory[]> {
  const known = await ports.inventories();
  const found = known.filter(
    (one) =>
      (node === undefined || [one.key.node, nodeText(one)].includes(node)) &&
      (type === undefined || one.key.type === type),
  );
  if (node !== undefined && found.length === 0) {
    const what = type === undefined ? 'inventory' : `inventory of type ${type}`;
    throw new NotFoundError(`no ${what} of ${node} has been seen`, 'look: riposte fim status');
  }
  const place = (one: TrackedInventory) => [nodeText(one), one.key.type, one.key.prefix].join(' ');
  return found.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
}
