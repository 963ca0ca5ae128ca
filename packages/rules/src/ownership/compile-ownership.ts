import type { Finding } from '@riposte/findings';
import type { ResourceContext, RuleSet } from '../model/rule-set.ts';
import { entryTest, type OwnedResource } from './entry-test.ts';
import { ownerFields } from './owner-fields.ts';
import { OwnerSearch } from './owner-search.ts';
import { defaultTagKeys, type TagKeys } from './tag-keys.ts';

/** What was asked of others than the finding and the ownership file. */
export interface AskedOthers {
  /** By ARN. Absent: nobody was asked. */
  readonly liveTags?: ReadonlyMap<string, OwnedResource['tags']> | 'unreadable';
  /** Ids of all organizational units above the account, and of the root. Absent: what they decide is unknown. */
  readonly units?: readonly string[];
}

/** Whose a finding's resources are, and where each field was found. */
export interface Owners {
  readonly context: ResourceContext;
  readonly origins: Readonly<OwnerSearch['origins']>;
}

export type OwnersOf = (finding: Finding, asked?: AskedOthers) => Owners;

/**
 * Compiles an ownership file, and the tag keys that it names. Field by field, the first of these counts:
 * 1. tags that the finding holds, resource by resource;
 * 2. live tags;
 * 3. entries of the file, in their order.
 *
 * A source that could not be read ends the search for the fields that it might have held: they are `unknown`, not taken from a later source,
 * whose answer could be the wrong one.
 *
 * @example
 * compileOwnership(ruleSet)(finding).context.team; // 'payments'
 */
export function compileOwnership({
  ownership,
  tagKeys,
}: Pick<RuleSet, 'ownership' | 'tagKeys'>): OwnersOf {
  const keys: TagKeys = { ...defaultTagKeys, ...tagKeys };
  const entries = ownership.map((entry) => ({
    entry,
    fits: entryTest(entry),
    says: ownerFields.filter((field) => entry[field]),
  }));
  return ({ accountId, resources: held }, { liveTags, units } = {}) => {
    const search = new OwnerSearch();
    search.takeTags('finding tag', held, keys);
    if (liveTags === 'unreadable') search.giveUp(search.open());
    const live = liveResources(held, liveTags);
    search.takeTags('live tag', live, keys);
    const resources = live.length > 0 ? held.map((one, at) => together(live[at], one)) : held;
    for (const { entry, fits, says } of entries) {
      const open = search.open(says);
      if (open.length > 0 && fits(accountId, resources)) search.takeEntry(entry, open, units);
    }
    return { context: contextOf(search, live), origins: search.origins };
  };
}

function liveResources(
  held: readonly OwnedResource[],
  liveTags: AskedOthers['liveTags'],
): readonly OwnedResource[] {
  if (liveTags === undefined || liveTags === 'unreadable') return [];
  return held.map(({ id }) => ({ id, tags: liveTags.get(id) ?? {} }));
}

/** The finding's own tags count before live ones. */
function together(live: OwnedResource | undefined, { id, tags }: OwnedResource): OwnedResource {
  return { id, tags: { ...live?.tags, ...tags } };
}

function contextOf(
  { values, unknown }: OwnerSearch,
  live: readonly OwnedResource[],
): ResourceContext {
  return {
    ...values,
    ...(live.length > 0 && { tags: Object.assign({}, ...live.map(({ tags }) => tags).reverse()) }),
    ...(unknown.length > 0 && { unknown }),
  };
}
