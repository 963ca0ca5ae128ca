import { digest } from '@riposte/findings';
import {
  factsFor,
  messageId,
  renderAll,
  type Step,
  type StepWorld,
  templateData,
} from './effect-step.ts';
import type { Effect } from './effects.ts';
import type { DoneEffect } from './finding-state.ts';

/**
 * A remediation, function, queue, bus, document or tag: once for a finding that is open, and again when its severity, state or compliance has
 * changed. Closed findings are sent to functions, queues and buses, and change nothing.
 */
export function actionStep(effect: Effect, done: DoneEffect | undefined, world: StepWorld): Step {
  const { wanted, rule, id } = effect;
  if (wanted.kind !== 'action') return { messages: [] };
  const { action } = wanted;
  const { standing, subject, render } = world;
  const changes = 'remediate' in action || 'automation' in action || 'tag' in action;
  if (changes && standing.closed) return { messages: [], ...(done && { done }) };
  const { severity, format } = subject.finding;
  const { closed, recordState, compliance } = standing;
  const fingerprint = digest(action, changes ? '' : severity, closed, recordState, compliance);
  if (done?.fingerprint === fingerprint) return { messages: [], done };
  const data = templateData(effect, world);
  const message = {
    queue: 'actions',
    id: messageId(id, world, fingerprint),
    group: world.key,
    body: {
      kind: 'action',
      id: messageId(id, world, fingerprint),
      effect: id,
      rule: rule.id,
      action: renderAll(action, (text) => render(text, data)),
      finding: factsFor(rule.id, world),
      partition: subject.finding.partition,
      document: subject.finding.raw,
      at: world.at,
    },
  } as const;
  return { messages: [message], done: { kind: 'action', format, fingerprint } };
}

/** Evidence: once for each state of the finding that matters to an auditor. */
export function evidenceStep(effect: Effect, done: DoneEffect | undefined, world: StepWorld): Step {
  const { wanted, rule, id } = effect;
  if (wanted.kind !== 'evidence') return { messages: [] };
  const { subject, standing, ruleSet } = world;
  const { severity, format } = subject.finding;
  const { workflow, recordState, compliance } = standing;
  const fingerprint = digest(severity, workflow, recordState, compliance, wanted.frameworks);
  if (done?.fingerprint === fingerprint) return { messages: [], done };
  const message = {
    queue: 'evidence',
    id: messageId(id, world, fingerprint),
    group: world.key,
    body: {
      kind: 'evidence',
      effect: id,
      rule: rule.id,
      ruleSetVersion: ruleSet.version,
      ...(wanted.frameworks && { frameworks: wanted.frameworks }),
      context: subject.context,
      finding: factsFor(rule.id, world),
      document: subject.finding.raw,
      at: world.at,
    },
  } as const;
  return { messages: [message], done: { kind: 'evidence', format, fingerprint } };
}
