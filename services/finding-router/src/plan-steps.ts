import type { FindingUpdate } from '@riposte/rules';
import { actionStep, evidenceStep } from './action-step.ts';
import { alertStep, endAlert } from './alert-step.ts';
import type { Step, StepWorld } from './effect-step.ts';
import type { Effect } from './effects.ts';
import type { DoneEffect, QueuedMessage } from './finding-state.ts';
import { endTicket, ticketStep } from './ticket-step.ts';
import { updateEffectOf, updateStep } from './update-step.ts';

type Done = Readonly<Record<string, DoneEffect>>;

/** What the rules want of a finding now. */
export interface Wishes {
  readonly effects: readonly Effect[];
  readonly update: FindingUpdate;
  /** Rules that the update is of. */
  readonly updatedBy: readonly string[];
}

/** What leaves, and what is remembered afterwards. */
export interface Plan {
  readonly messages: readonly QueuedMessage[];
  readonly effects: Done;
}

/** Compares what the rules want with what was done for the finding before: only what has changed leaves. */
export function planSteps(wishes: Wishes, done: Done, world: StepWorld): Plan {
  const messages: QueuedMessage[] = [];
  const effects: Record<string, DoneEffect> = {};
  const take = (id: string, step: Step) => {
    messages.push(...step.messages);
    if (step.done) effects[id] = step.done;
  };
  const { update, updatedBy: rules } = wishes;
  const { format } = world.subject.finding;
  const updating = updateEffectOf(format);
  take(updating, updateStep({ update, rules }, done[updating], world));
  for (const effect of wishes.effects) take(effect.id, stepOf(effect, done[effect.id], world));
  for (const [id, before] of Object.entries(done)) {
    if (id in effects || id === updating) continue;
    // Rules that look at the other copy of the finding have not been asked.
    const isOver = before.open && before.format === format;
    if (isOver) messages.push(...endOf(id, before, world));
    // An alert or a ticket begins anew when the rule matches again; what was done once else is not repeated for that.
    effects[id] = isOver ? { ...before, open: false, fingerprint: '' } : before;
  }
  return { messages, effects };
}

function stepOf(effect: Effect, done: DoneEffect | undefined, world: StepWorld): Step {
  switch (effect.wanted.kind) {
    case 'notify':
      return alertStep(effect, done, world);
    case 'ticket':
      return ticketStep(effect, done, world);
    case 'evidence':
      return evidenceStep(effect, done, world);
    case 'action':
      return actionStep(effect, done, world);
    default:
      return { messages: [] };
  }
}

function endOf(id: string, done: DoneEffect, world: StepWorld): readonly QueuedMessage[] {
  if (done.kind === 'notify') return endAlert(id, done, world);
  return done.kind === 'ticket' ? endTicket(id, done, world) : [];
}
