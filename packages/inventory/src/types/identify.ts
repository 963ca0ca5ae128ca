import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import { filePath } from './file-path.ts';
import { everyAttribute } from './inventory-types.ts';

type Attributes = Entry['attributes'];

/** Which thing a line speaks of. */
export type Identified = Pick<Entry, 'identity' | 'name'>;

/** The attribute, whatever it is called: what a line does not have is empty. */
export function attributeOf(attributes: Attributes, name: string): string {
  return Object.hasOwn(attributes, name) ? (attributes[name] ?? '') : '';
}

/**
 * Which thing attributes speak of, and how people call it.
 *
 * @returns undefined where they have none of those that tell it.
 */
export function identify(type: InventoryType, attributes: Attributes): Identified | undefined {
  if (type.identity.length === 0) return { identity: type.name, name: type.name };
  if (type.identity.includes(everyAttribute)) return wholeLine(attributes);
  const values = type.identity.map((name) => attributeOf(attributes, name));
  if (values.every((value) => value === '')) return undefined;
  const [first = ''] = values;
  if (type.name === 'AWS:File') {
    return filePath(attributeOf(attributes, 'InstalledDir'), attributeOf(attributes, 'Name'));
  }
  if (values.length === 1) return { identity: first, name: first };
  return { identity: JSON.stringify(values), name: nameOf(type, values) };
}

function wholeLine(attributes: Attributes): Identified | undefined {
  const pairs = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
  if (pairs.length === 0) return undefined;
  const identity = JSON.stringify(pairs);
  return { identity, name: attributeOf(attributes, 'Name') || identity };
}

/** People say a package's name, a registry value's path, and all that tells a thing that has no name. */
function nameOf({ name, identity }: InventoryType, values: readonly string[]): string {
  const named = values[identity.indexOf('Name')];
  if (named) return named;
  const said = values.filter((value) => value !== '');
  return said.join(name === 'AWS:WindowsRegistry' ? '\\' : ' ');
}
