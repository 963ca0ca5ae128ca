import type { InventoryKey } from '@riposte/inventory';
import type { InventoryObject } from '../ports.ts';

/** The node that worlds are about. */
export const worldKey: InventoryKey = {
  ...{ prefix: '', type: 'AWS:File', account: '123456789012', region: 'eu-west-1' },
  node: 'i-0123456789abcdef0',
};
export const worldObject: InventoryObject = { bucket: 'inventories', key: worldKey };

/** A file as inventories list it: its size, and when it was modified. */
export type Files = Readonly<Record<string, readonly [size: number, modified: string]>>;

/** Lines of the agent. */
export function linesOf(files: Files, captureTime: string, node = worldKey.node): string {
  return Object.entries(files)
    .map(([path, [size, modified]]) => {
      const cut = path.lastIndexOf('/');
      const file = { Name: path.slice(cut + 1), Size: `${size}`, ModificationTime: modified };
      const about = { InstalledDir: path.slice(0, cut) || '/', resourceId: node };
      return `${JSON.stringify({ ...file, ...about, captureTime, schemaVersion: '1.0' })}\n`;
    })
    .join('');
}
