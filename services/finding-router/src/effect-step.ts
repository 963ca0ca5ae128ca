import { digest } from '@riposte/findings';
import { notifiedFinding } from '@riposte/notifications';
import { type RenderText, type TextData, textData } from '@riposte/notifications/templates';
import type { RuleSet } from '@riposte/rules';
import type { NotifiedFinding } from './delivery.ts';
import type { Effect, Subject } from './effects.ts';
import type { Standing } from './finding-standing.ts';
import type { DoneEffect, QueuedMessage } from './finding-state.ts';

/** Everything that a step looks at. */
export interface StepWorld {
  readonly subject: Subject;
  readonly standing: Standing;
  readonly ruleSet: RuleSet;
  readonly render: RenderText;
  readonly key: string;
  readonly firstSeen: string;
  /** The version that the state is about to have: tells apart what is done again. */
  readonly version: number;
  /** ISO 8601. */
  readonly at: string;
}

/** What an effect comes to: what leaves, and what is remembered of it. Without `done`, it is forgotten. */
export interface Step {
  readonly messages: readonly QueuedMessage[];
  readonly done?: DoneEffect;
}

/** What messages of one rule say of the finding. */
export function factsFor(rule: string, { subject, firstSeen }: StepWorld): NotifiedFinding {
  const { finding, context, riskScore } = subject;
  return notifiedFinding(finding, {
    context,
    rule,
    since: firstSeen,
    ...(riskScore !== undefined && { riskScore }),
  });
}

/** What templates can name: the finding's facts, its document, its context, the rule. */
export function templateData({ rule }: Effect, world: StepWorld): TextData {
  const { finding, context } = world.subject;
  return {
    ...textData(finding, factsFor(rule.id, world), context),
    rule: { id: rule.id, name: rule.name, description: rule.description ?? '' },
  };
}

/** The id of a message: of the finding, the effect, what it says, and how often it has been so. */
export function messageId(
  effect: string,
  { key, version }: StepWorld,
  ...said: readonly unknown[]
): string {
  return `rpm-${digest(key, effect, version, ...said)}`;
}

/** Renders every text in a value. */
export function renderAll(value: unknown, render: (text: string) => string): unknown {
  if (typeof value === 'string') return render(value);
  if (Array.isArray(value)) return value.map((item) => renderAll(item, render));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, renderAll(item, render)]),
  );
}
