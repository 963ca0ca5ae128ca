import type { OneOrMore, OwnershipEntry } from '@riposte/rules';
import { matchGlob } from './match-glob.ts';

/** One resource of a finding, as entries see it. */
export interface OwnedResource {
  readonly id: string;
  /** The finding's own and, where they were read, the live ones. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Whether an entry fits, but for its organizational units, which cost a call. */
export function fitsResources(
  entry: OwnershipEntry,
  accountId: string,
  resources: readonly OwnedResource[],
): boolean {
  if (entry.accounts && !entry.accounts.includes(accountId)) return false;
  if (!entry.resources && !entry.tags) return true;
  return resources.some((resource) => fitsResource(entry, resource));
}

/** ARN and tags have to fit one and the same resource. */
function fitsResource({ resources, tags }: OwnershipEntry, { id, tags: own }: OwnedResource) {
  if (resources && !resources.some((pattern) => matchGlob(pattern, id))) return false;
  const wanted = Object.entries(tags ?? {});
  return wanted.every(([key, value]) => Object.hasOwn(own, key) && isOneOf(value, own[key]));
}

function isOneOf(wanted: OneOrMore, value: string | undefined): boolean {
  const values = typeof wanted === 'string' ? [wanted] : wanted;
  return value !== undefined && values.some((one) => one === '*' || one === value);
}
