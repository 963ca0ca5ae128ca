import { isDeepStrictEqual } from 'node:util';
import { updateOf } from '../evaluate/merged-update.ts';
import type { Problem } from '../folder/problem.ts';
import type { Branch, Rule } from '../model/rule.ts';
import { isNever } from './facts.ts';
import { formats, necessary } from './necessary.ts';
import type { PlacedRule, Warn } from './rule-places.ts';

/**
 * Rules of the same order in different files whose outcome hangs on how the files are called: both set a field, each to another value, or one of
 * them is terminal, and no reason is seen why no finding could match both.
 */
export function orderDependent(rules: readonly PlacedRule[], warn: Warn): readonly Problem[] {
  const ties = Map.groupBy(rules, ({ rule }) => rule.order);
  return [...ties.values()].flatMap((tied) =>
    tied.flatMap((later, position) =>
      tied
        .slice(0, position)
        .filter((earlier) => earlier.pack.file !== later.pack.file)
        .flatMap((earlier) => warningOf(earlier, later, warn)),
    ),
  );
}

function warningOf(earlier: PlacedRule, later: PlacedRule, warn: Warn): readonly Problem[] {
  const what = dependency(earlier.rule, later.rule);
  if (what === undefined || !canMeet(earlier, later)) return [];
  const message = `has the same order as ${earlier.rule.id}, so that the names of the files decide ${what}`;
  return [warn(later, [], message, 'give them different orders')];
}

function dependency(earlier: Rule, later: Rule): string | undefined {
  if (earlier.terminal || later.terminal) return 'whether both act';
  const fields = earlier.branches.flatMap((one) =>
    later.branches.flatMap((other) => differing(one, other)),
  );
  return fields.length === 0 ? undefined : `who sets ${[...new Set(fields)].join(', ')}`;
}

/** Fields that both branches set, to different values. */
function differing(one: Branch, other: Branch): readonly string[] {
  const [first, second] = [changes(one), changes(other)];
  return [...first.keys()].filter(
    (field) => second.has(field) && !isDeepStrictEqual(first.get(field), second.get(field)),
  );
}

function changes({ then }: Branch): ReadonlyMap<string, unknown> {
  const { userDefinedFields = {}, ...update } = updateOf(then) ?? {};
  const fields = Object.entries(userDefinedFields).map(
    ([name, value]) => [`userDefinedFields.${name}`, value] as const,
  );
  return new Map<string, unknown>([...Object.entries(update), ...fields]);
}

/** Rules that see different states of a finding may both match, whatever they ask. */
function canMeet(one: PlacedRule, other: PlacedRule): boolean {
  const sees = [one, other].every(({ pack }) => pack.evaluate === 'original');
  const either = ({ rule }: PlacedRule) => ({ any: rule.branches.map(({ when }) => when) });
  const both = { all: [either(one), either(other)] };
  return !sees || formats.some((format) => !isNever(necessary(both, format)));
}
