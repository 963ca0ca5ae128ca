import { cutText } from '@riposte/findings';
import type { OwnershipEntry } from '../model/channel.ts';
import type { OwnedResource } from './entry-test.ts';
import { type OwnerField, ownerFields } from './owner-fields.ts';
import { type TagKeys, tagReader } from './tag-keys.ts';

/** Where a field was found. */
export type OwnerOrigin = 'finding tag' | 'live tag' | 'ownership file';

/** A tag value has at most 256 characters on AWS; findings of others may hold anything. */
const valueLength = 256;

/** Fields on their way: each is settled by the first source that says something, or that could not be read. */
export class OwnerSearch {
  readonly values: Partial<Record<OwnerField, string>> = {};
  readonly origins: Partial<Record<OwnerField, OwnerOrigin>> = {};
  readonly unknown: OwnerField[] = [];

  open(fields: readonly OwnerField[] = ownerFields): readonly OwnerField[] {
    return fields.filter(
      (field) => this.values[field] === undefined && !this.unknown.includes(field),
    );
  }

  giveUp(fields: readonly OwnerField[]): void {
    this.unknown.push(...fields);
  }

  takeTags(origin: OwnerOrigin, resources: readonly OwnedResource[], keys: TagKeys): void {
    for (const { tags } of resources) {
      const read = tagReader(tags);
      for (const field of this.open()) this.#settle(field, read(keys[field]), origin);
    }
  }

  /** Takes what an entry that fits says of these fields; without units, what only they decide is given up. */
  takeEntry(
    entry: OwnershipEntry,
    fields: readonly OwnerField[],
    units: readonly string[] | undefined,
  ): void {
    const isThere = isInUnits(entry, units);
    if (isThere === undefined) this.giveUp(fields);
    else if (isThere)
      for (const field of fields) this.#settle(field, entry[field], 'ownership file');
  }

  #settle(field: OwnerField, value: string | undefined, origin: OwnerOrigin): void {
    if (!value) return;
    this.values[field] = cutText(value, valueLength);
    this.origins[field] = origin;
  }
}

/** Undefined where an entry names units, and those of the account are not known. */
function isInUnits(
  { organizationalUnits: wanted }: OwnershipEntry,
  units: readonly string[] | undefined,
): boolean | undefined {
  return wanted ? units && wanted.some((unit) => units.includes(unit)) : true;
}
