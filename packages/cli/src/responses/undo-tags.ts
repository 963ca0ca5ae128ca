import { escapeText, type ResponseRecord } from '@riposte/findings';
import {
  plannedTags,
  setTags,
  type Tags,
  type TagTarget,
  tagsBack,
} from '@riposte/remediations/tagging';
import { UnreadableRecordError } from '@riposte/responses';
import * as z from 'zod';
import { resourceName } from './list-responses.ts';
import type { UndoAction } from './undo-action.ts';

const tagsSchema = z.record(z.string(), z.string());

/** The index behind the API is behind for a moment: it is read so often, with a pause in between. */
const reads = 6;
const pauseMs = 1_000;

/** Tags that a rule has set are set back, or taken away where there were none; what somebody has changed since stays. */
export function tagsAgain(record: ResponseRecord): UndoAction {
  const { resource, plan, trigger } = record;
  const target: TagTarget = { arn: resource.arn, tags: plannedTags(plan) };
  const before = tagsBefore(record);
  const name = escapeText(resourceName(resource.arn), 128);
  return {
    plan: async ({ tags }) => stepsOf(target, before, await tags.read(resource.arn)),
    consequences: [
      `WHAT GOES BY THESE TAGS (policies, owners, costs) WILL SEE ${escapeText(name, 60)} AS IT WAS BEFORE.`,
      `Rule ${escapeText(trigger.eventName ?? '', 100)} sets them again when a finding of this resource changes that matters to it: disable the rule, or make the resource exempt.`,
    ],
    operations: ['tag:GetResources', 'tag:TagResources', 'tag:UntagResources'],
    done: `tags of ${name} were set back by a person`,
    apply: ({ tags }) => setTags.undo(target, before, tags),
    async verify({ tags, pause }) {
      for (let read = 1; ; read++) {
        const left = stepsOf(target, before, await tags.read(resource.arn));
        if (left.length === 0) {
          return { verified: true, evidence: 'GetResources: as before the response' };
        }
        if (read === reads) {
          return { verified: false, evidence: `GetResources: still to do: ${left.join(', ')}` };
        }
        await pause(pauseMs);
      }
    },
  };
}

/** The state before is checked before it is written back. */
function tagsBefore({ before }: ResponseRecord): Tags {
  const parsed = tagsSchema.safeParse(before);
  if (parsed.success) return parsed.data;
  throw new UnreadableRecordError('before', { cause: parsed.error });
}

function stepsOf(target: TagTarget, before: Tags, present: Tags): readonly string[] {
  const { set, remove } = tagsBack(target, before, present);
  const { arn } = target;
  return [
    ...Object.entries(set).map(
      ([key, value]) => `tag:TagResources on ${arn}: ${escapeText(`${key}=${value}`, 400)}`,
    ),
    ...remove.map((key) => `tag:UntagResources on ${arn}: ${escapeText(key, 200)}`),
  ];
}
