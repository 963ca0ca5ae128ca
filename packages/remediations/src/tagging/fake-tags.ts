import type { ResourceTags, Tags } from './ports.ts';

/** Tags in memory, and what was called. */
export interface FakeTags extends ResourceTags {
  readonly held: Map<string, Tags>;
  readonly calls: string[];
  /** Runs before each change: throws what AWS would answer, or changes what is held meanwhile. */
  before: (() => void) | undefined;
  /** So many reads show what was there before the last change, as the index behind the API does for a while. */
  staleReads: number;
}

/** Tags of resources in memory that behave as AWS's do. */
export function fakeTags(held: Readonly<Record<string, Tags>> = {}): FakeTags {
  let former: Tags = {};
  const tags: FakeTags = {
    held: new Map(Object.entries(held)),
    calls: [],
    before: undefined,
    staleReads: 0,
    async read(arn) {
      tags.calls.push('GetResources');
      if (tags.staleReads > 0) {
        tags.staleReads--;
        return former;
      }
      return tags.held.get(arn) ?? {};
    },
    async change(arn, { set, remove }) {
      if (Object.keys(set).length > 0) tags.calls.push('TagResources');
      if (remove.length > 0) tags.calls.push('UntagResources');
      tags.before?.();
      former = tags.held.get(arn) ?? {};
      const kept = Object.entries(former).filter(([key]) => !remove.includes(key));
      tags.held.set(arn, { ...Object.fromEntries(kept), ...set });
    },
  };
  return tags;
}
