import { digest, type Finding } from '@riposte/findings';
import { renderUpdate, textData } from '@riposte/notifications/templates';
import type { FindingUpdate } from '@riposte/rules';
import { factsFor, messageId, type Step, type StepWorld } from './effect-step.ts';
import type { DoneEffect } from './finding-state.ts';

/** The one effect that changes the finding itself, for all rules together; each copy of a finding is updated by an API of its own. */
export function updateEffectOf(format: Finding['format']): string {
  return `update ${format}`;
}

/**
 * What rules change on a finding: written once for each wish, and once more when the finding's provider has opened it again. Whoever
 * changes it afterwards, an analyst say, is not fought: AWS's own rules do not run on updates by people either.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export function updateStep(
  wish: { readonly update: FindingUpdate; readonly rules: readonly string[] },
  done: DoneEffect | undefined,
  world: StepWorld,
): Step {
  const { update, rules } = wish;
  if (Object.keys(update).length === 0) return { messages: [] };
  const { subject, standing, render } = world;
  const fingerprint = digest(update, standing.recordState, standing.compliance);
  if (done?.fingerprint === fingerprint) return { messages: [], done };
  const { format } = subject.finding;
  const [rule = ''] = rules;
  const data = textData(subject.finding, factsFor(rule, world), subject.context);
  const message = {
    queue: 'updates',
    id: messageId(updateEffectOf(format), world, fingerprint),
    group: world.key,
    body: {
      kind: 'update',
      key: world.key,
      version: world.version,
      rules,
      update: renderUpdate(update, data, render),
      finding: factsFor(rule, world),
      at: world.at,
    },
  } as const;
  return {
    messages: [message],
    done: { kind: 'update', format, fingerprint, version: world.version },
  };
}
