import type { Finding } from '@riposte/findings';
import {
  compileRules,
  type ResourceContext,
  type Rule,
  type RuleMatch,
  type RuleSet,
} from '@riposte/rules';

/** A rule whose condition holds, and which does not act all the same. */
export interface NearMiss {
  readonly rule: string;
  readonly why: string;
}

/** Rules that would match if they were enabled, not expired, and not behind a terminal rule. */
export function nearMisses(
  { packs }: RuleSet,
  finding: Finding,
  { now, context, matches }: Moment,
): readonly NearMiss[] {
  const relaxed = packs.map((pack) => ({ ...pack, rules: pack.rules.map(relax) }));
  const original = new Map(packs.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule])));
  const matched = new Set(matches.map(({ rule }) => rule.id));
  const terminal = matches.find(({ rule }) => rule.terminal)?.rule.id;
  return compileRules(relaxed)
    .evaluate(finding, { now, context })
    .flatMap(({ rule: { id } }) => {
      const rule = original.get(id);
      return matched.has(id) || !rule ? [] : [{ rule: id, why: why(rule, now, terminal) }];
    });
}

interface Moment {
  readonly now: Date;
  readonly context: ResourceContext;
  readonly matches: readonly RuleMatch[];
}

function relax({ expires: _expires, ...rule }: Rule): Rule {
  return { ...rule, enabled: true, terminal: false };
}

function why({ enabled, expires }: Rule, now: Date, terminal: string | undefined): string {
  if (!enabled) return 'is not enabled';
  if (expires !== undefined && Date.parse(expires) <= now.getTime()) return `expired ${expires}`;
  if (terminal !== undefined) return `comes after ${terminal}, which is terminal`;
  return 'sees what another rule changes';
}
