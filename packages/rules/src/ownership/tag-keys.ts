import type { OwnerField } from './owner-fields.ts';

/** The tag keys that a field is read from, first one first. An empty list: never from tags, where too many may set them. */
export type TagKeys = Readonly<Record<OwnerField, readonly string[]>>;

/** Keys as most organisations name them. Case and `-`, `_`, `.`, `:`, `/` and spaces make no difference. */
export const defaultTagKeys: TagKeys = {
  owner: ['Owner', 'ResourceOwner', 'ServiceOwner'],
  team: ['Team', 'OwnerTeam', 'OwningTeam'],
  businessCriticality: ['BusinessCriticality', 'Criticality'],
  dataClassification: ['DataClassification', 'DataClass', 'Classification'],
  environment: ['Environment', 'Env'],
};

/**
 * Reads the value of the first of some keys that a resource has, blank values passed over. Among keys that differ only in spelling, the one
 * spelled as asked counts, then the first in the order of characters, so that the answer never depends on the order of tags.
 *
 * @example
 * tagReader({ 'business-criticality': 'high' })(['BusinessCriticality']); // 'high'
 */
export function tagReader(
  tags: Readonly<Record<string, string>>,
): (keys: readonly string[]) => string | undefined {
  const spellings = Map.groupBy(Object.keys(tags).sort(), plain);
  return (keys) => {
    for (const key of keys) {
      const same = spellings.get(plain(key)) ?? [];
      const ordered = [...same.filter((other) => other === key), ...same];
      const value = ordered.map((name) => tags[name]?.trim()).find((text) => text);
      if (value) return value;
    }
    return undefined;
  };
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[-_.:/ ]/g, '');
}
