import type { Problem } from '../folder/problem.ts';
import { pathOfBranch } from '../folder/read-pack.ts';
import type { Branch } from '../model/rule.ts';
import { isNever } from './facts.ts';
import { implies } from './implied.ts';
import { formats, necessary } from './necessary.ts';
import type { PlacedRule, Warn } from './rule-places.ts';

/** Rules and branches that no finding can ever match. */
export function neverMatching(
  rules: readonly PlacedRule[],
  now: Date,
  warn: Warn,
): readonly Problem[] {
  return rules.flatMap((placed) => {
    const { expires, branches } = placed.rule;
    if (expires !== undefined && Date.parse(expires) <= now.getTime())
      return [warn(placed, ['expires'], 'the rule has expired: it matches nothing', 'delete it')];
    return branches.flatMap((branch, index) => {
      const reason = whyNever(branch, branches.slice(0, index));
      if (reason === undefined) return [];
      return [warn(placed, [...pathOfBranch(index), 'when'], reason)];
    });
  });
}

function whyNever({ when }: Branch, earlier: readonly Branch[]): string | undefined {
  const facts = formats.map((format) => necessary(when, format));
  const reasons = facts.filter(isNever);
  if (reasons.length === formats.length) return `never matches: ${bestOf(reasons)}`;
  const before = earlier.findIndex((branch) => implies(when, branch.when));
  if (before < 0) return undefined;
  return `is never reached: ${before === 0 ? 'the rule’s own when' : `else ${before}`} holds wherever it does`;
}

/** That a criterion is of another format is the least of reasons. */
function bestOf(reasons: readonly { readonly never: string }[]): string {
  const said = reasons.map(({ never }) => never);
  return said.find((never) => !never.startsWith('criteria of')) ?? said[0] ?? '';
}

/** Rules that a terminal rule before them keeps from ever being evaluated where they would match. */
export function shadowed(rules: readonly PlacedRule[], warn: Warn): readonly Problem[] {
  return rules.flatMap((placed, position) => {
    const by = rules
      .slice(0, position)
      .find((earlier) => isTerminal(earlier) && shadows(earlier, placed));
    if (by === undefined) return [];
    const message = `never acts: ${by.rule.id} is terminal, comes before it, and matches whatever it matches`;
    return [warn(placed, [], message, 'give it a lower order')];
  });
}

/** One that expires shadows for a while only. */
function isTerminal({ rule: { terminal, expires } }: PlacedRule): boolean {
  return terminal && expires === undefined;
}

/** Rules that see what others changed do not see the same finding. */
function shadows(earlier: PlacedRule, later: PlacedRule): boolean {
  const conditions = earlier.rule.branches.map(({ when }) => when);
  const matched = { any: conditions };
  const sees = [earlier, later].every(({ pack }) => pack.evaluate === 'original');
  const always = conditions.some((when) => 'always' in when);
  return always || (sees && later.rule.branches.every(({ when }) => implies(when, matched)));
}
