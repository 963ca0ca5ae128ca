import type { FindingResource } from '@riposte/findings';
import { compileGlob } from '../evaluate/glob.ts';
import type { OwnershipEntry } from '../model/channel.ts';
import type { OneOrMore } from '../model/condition.ts';

/** One resource of a finding, as entries see it: with its live tags, where they were read. */
export type OwnedResource = Pick<FindingResource, 'id' | 'tags'>;

export type EntryTest = (accountId: string, resources: readonly OwnedResource[]) => boolean;

/** Whether an entry fits, but for its organizational units. ARN and tags have to fit one and the same resource. */
export function entryTest({ accounts, resources, tags }: OwnershipEntry): EntryTest {
  const globs = resources?.map(compileGlob);
  const wanted = Object.entries(tags ?? {});
  const fitsResource = ({ id, tags: own }: OwnedResource) =>
    (!globs || globs.some((fits) => fits(id))) &&
    wanted.every(([key, value]) => Object.hasOwn(own, key) && isOneOf(value, own[key]));
  return (accountId, owned) => {
    if (accounts && !accounts.includes(accountId)) return false;
    return (!resources && !tags) || owned.some(fitsResource);
  };
}

function isOneOf(wanted: OneOrMore, value: string | undefined): boolean {
  return [wanted].flat().some((one) => one === '*' || one === value);
}
