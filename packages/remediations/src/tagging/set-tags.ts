import type { PlannedChange } from '@riposte/findings';
import type { TagChanges } from '../cloudtrail/ports.ts';
import type { Remediation } from '../remediation.ts';
import type { ResourceTags, Tags } from './ports.ts';

/** A resource, and the tags that it is to have besides its own. */
export interface TagTarget {
  readonly arn: string;
  readonly tags: Tags;
}

const tagPrefix = 'tag ';

/**
 * Sets tags on a resource. Only those that differ are written, and only those are taken back: tags of others stay as they are, and so does one that
 * somebody has changed since.
 *
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_TagResources.html
 */
export const setTags: Remediation<TagTarget, Tags, ResourceTags> = {
  id: 'tagging/set-tags',
  title: 'Set tags on a resource',
  risk: 'safe',
  iamActions: ['tag:GetResources', 'tag:TagResources', 'tag:UntagResources'],
  plan: (target, before) =>
    differing(target, before).map(
      (key): PlannedChange => ({
        operation: 'tag:TagResources',
        what: `${tagPrefix}${key}`,
        before: tagOf(before, key),
        after: tagOf(target.tags, key),
        reversible: true,
      }),
    ),
  async apply(target, before, tags) {
    const keys = differing(target, before);
    if (keys.length === 0) return;
    const set = Object.fromEntries(keys.map((key) => [key, tagOf(target.tags, key) ?? '']));
    await tags.change(target.arn, { set, remove: [] });
  },
  async verify(target, tags) {
    const state = await tags.read(target.arn);
    const left = differing(target, state);
    return {
      verified: left.length === 0,
      evidence:
        left.length === 0
          ? `GetResources: ${Object.keys(target.tags).join(', ')} as wanted`
          : `GetResources: not as wanted: ${left.join(', ')}`,
      state,
    };
  },
  async undo(target, before, tags) {
    const changes = tagsBack(target, before, await tags.read(target.arn));
    if (Object.keys(changes.set).length + changes.remove.length === 0) return;
    await tags.change(target.arn, changes);
  },
};

/** What takes a response back: the tags that it changed, as far as they stand as it left them. */
export function tagsBack(target: TagTarget, before: Tags, present: Tags): TagChanges {
  const keys = differing(target, before).filter(
    (key) => tagOf(present, key) === tagOf(target.tags, key),
  );
  return {
    set: Object.fromEntries(
      keys.flatMap((key) => {
        const former = tagOf(before, key);
        return former === undefined ? [] : [[key, former]];
      }),
    ),
    remove: keys.filter((key) => tagOf(before, key) === undefined),
  };
}

/** The tags that a plan of `setTags` sets, as a response record keeps it. */
export function plannedTags(plan: readonly PlannedChange[]): Tags {
  return Object.fromEntries(
    plan.flatMap(({ what, after }) =>
      what.startsWith(tagPrefix) ? [[what.slice(tagPrefix.length), String(after)]] : [],
    ),
  );
}

function differing({ tags }: TagTarget, held: Tags): readonly string[] {
  return Object.keys(tags).filter((key) => tagOf(held, key) !== tagOf(tags, key));
}

/** Keys are somebody else's words: one may be called `constructor`. */
function tagOf(tags: Tags, key: string): string | undefined {
  return Object.hasOwn(tags, key) ? tags[key] : undefined;
}
