import type { ResponseRecord } from '@riposte/findings';
import {
  plannedTags,
  type ResourceTags,
  setTags,
  type Tags,
  type TagTarget,
} from '@riposte/remediations/tagging';
import type { Call, Planned, Proof, RecordedChange } from './recorded-change.ts';

/** What tags are set with. */
export interface TagSystems {
  readonly tags: ResourceTags;
  pause(ms: number): Promise<void>;
}

/** The index behind the API is behind for a moment: it is read so often, with a pause in between. */
const reads = 3;
const pauseMs = 1_000;

/** Tags on one resource. The record keeps all of its tags as they were before. */
export function tagChange(
  resource: ResponseRecord['resource'],
  wanted: Tags,
  { tags, pause }: TagSystems,
): RecordedChange {
  const target: TagTarget = { arn: resource.arn, tags: wanted };
  return {
    kind: 'resource-tagged',
    resource,
    async plan() {
      const before = await tags.read(resource.arn);
      const plan = setTags.plan(target, before);
      return { plan, before, undo: undoOf({ plan }) };
    },
    async make(record, call) {
      // What the record says, not what the rule says by now.
      const planned = { arn: resource.arn, tags: plannedTags(record.plan) };
      await call('tag:TagResources', () => setTags.apply(planned, {}, tags));
      const proof = await readBack(planned, { tags, pause }, call);
      return { ...proof, undo: undoOf(record) };
    },
  };
}

function undoOf({ plan }: Pick<Planned, 'plan'>): Proof['undo'] {
  const what = plan.map((change) => change.what).join(', ');
  return { possible: true, how: `sets back ${what}, unless somebody has changed it since` };
}

async function readBack(
  target: TagTarget,
  { tags, pause }: TagSystems,
  call: Call,
): Promise<Omit<Proof, 'undo'>> {
  for (let read = 1; ; read++) {
    const { verified, evidence, state } = await call('tag:GetResources', () =>
      setTags.verify(target, tags),
    );
    if (verified || read === reads) return { verified, evidence, after: state };
    await pause(pauseMs);
  }
}
