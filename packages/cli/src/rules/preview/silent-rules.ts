import type { Condition, Rule, RulePack } from '@riposte/rules';
import type { SilentRule } from './preview-report.ts';

/** Rules that matched nothing, and what there is to say about it without guessing. */
export function silentRules(
  packs: readonly RulePack[],
  matched: (rule: Rule) => boolean,
  { now, formats }: { readonly now: Date; readonly formats: ReadonlySet<string> },
): readonly SilentRule[] {
  return packs
    .flatMap(({ rules }) => rules)
    .filter((rule) => !matched(rule))
    .map((rule) => ({ rule: rule.id, why: whySilent(rule, now, formats) }));
}

function whySilent(rule: Rule, now: Date, formats: ReadonlySet<string>): string {
  if (!rule.enabled) return 'not enabled';
  if (rule.expires !== undefined && Date.parse(rule.expires) <= now.getTime())
    return `expired ${rule.expires}`;
  const needed = new Set(rule.branches.flatMap(({ when }) => formatsIn(when)));
  const [only] = needed;
  if (needed.size === 1 && only !== undefined && !formats.has(only))
    return `asks for ${only.toUpperCase()} findings, and there are none`;
  return 'no finding matches';
}

function formatsIn(condition: Condition): readonly string[] {
  if ('asff' in condition) return ['asff'];
  if ('ocsf' in condition) return ['ocsf'];
  if ('all' in condition) return condition.all.flatMap(formatsIn);
  if ('any' in condition) {
    const each = condition.any.map(formatsIn);
    // A part that asks for no format lets every finding in.
    return each.some((formats) => formats.length === 0) ? [] : each.flat();
  }
  return 'not' in condition ? formatsIn(condition.not) : [];
}
