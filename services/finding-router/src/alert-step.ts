import { digest } from '@riposte/findings';
import {
  type Alert,
  alertOf,
  fingerprintOf,
  labelNamesOf,
  labelsOf,
  usualChanges,
} from '@riposte/notifications';
import type { Notify } from '@riposte/rules';
import { factsFor, messageId, type Step, type StepWorld } from './effect-step.ts';
import type { Effect } from './effects.ts';
import type { DoneEffect, QueuedMessage } from './finding-state.ts';

/** What the groups of a channel take in: one version of an alert, or that its rule does not match any more. */
export type AlertMessage =
  | {
      readonly kind: 'alert';
      readonly notify: Notify;
      readonly rule: string;
      readonly alert: Alert;
    }
  | {
      readonly kind: 'withdraw';
      readonly alertKey: string;
      readonly at: string;
    };

/** Hands an alert to the groups of its channel whenever what the rule names has changed; they decide when people are told. */
export function alertStep(effect: Effect, done: DoneEffect | undefined, world: StepWorld): Step {
  const { wanted, rule } = effect;
  if (wanted.kind !== 'notify') return { messages: [] };
  const { notify } = wanted;
  const { standing, subject } = world;
  if (!done && standing.closed) return { messages: [] };
  const fingerprint = fingerprintOf(subject.finding, notify.on ?? usualChanges, subject);
  const stand = digest(fingerprint, standing.status);
  if (done?.fingerprint === stand) return { messages: [], done };
  const alert = alertOf(subject.finding, {
    channel: notify.channel,
    labels: labelsOf(subject.finding, subject.context, rule, labelNamesOf(notify, world.ruleSet)),
    fingerprint,
    facts: factsFor(rule.id, world),
    observedAt: world.at,
  });
  const { format } = subject.finding;
  return {
    messages: [queued({ kind: 'alert', notify, rule: rule.id, alert }, effect.id, world)],
    done: {
      kind: 'notify',
      format,
      fingerprint: stand,
      channel: notify.channel,
      key: alert.key,
      open: !standing.closed,
    },
  };
}

/** The rule does not match any more: its alert is over. */
export function endAlert(id: string, done: DoneEffect, world: StepWorld): readonly QueuedMessage[] {
  return [queued({ kind: 'withdraw', alertKey: done.key ?? '', at: world.at }, id, world)];
}

function queued(message: AlertMessage, effect: string, world: StepWorld): QueuedMessage {
  const key = message.kind === 'alert' ? message.alert.key : message.alertKey;
  return {
    queue: 'alerts',
    id: messageId(effect, world, message.kind),
    group: key,
    body: { ...message },
  };
}
