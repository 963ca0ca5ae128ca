import { isDeepStrictEqual } from 'node:util';
import { updateOf } from '../evaluate/merged-update.ts';
import type { Problem } from '../folder/problem.ts';
import type { Rule } from '../model/rule.ts';
import { isNever } from './facts.ts';
import { formats, necessary } from './necessary.ts';
import type { PlacedRule, Warn } from './rule-places.ts';

/**
 * Rules of the same order in different files whose outcome hangs on how the files are called: both set a field, each to another value, or one of
 * them is terminal, and no reason is seen why no finding could match both.
 */
export function orderDependent(rules: readonly PlacedRule[], warn: Warn): readonly Problem[] {
  const ties = Map.groupBy(rules, ({ rule }) => rule.order);
  return [...ties.values()].flatMap((tied) => {
    const changing = tied.map((placed) => ({ placed, changes: changesOf(placed.rule) }));
    return changing.flatMap((later, position) =>
      warningOf(changing.slice(0, position), later, warn),
    );
  });
}

/** A rule, and what each of its branches sets, by field. */
interface Changing {
  readonly placed: PlacedRule;
  readonly changes: readonly ReadonlyMap<string, unknown>[];
}

/** One warning a rule, however many others it meets: they are all mended by one other order. */
function warningOf(before: readonly Changing[], later: Changing, warn: Warn): readonly Problem[] {
  for (const earlier of before) {
    const what = dependency(earlier, later);
    if (what === undefined || !canMeet(earlier.placed, later.placed)) continue;
    const message = `has the same order as ${earlier.placed.rule.id}, so that the names of the files decide ${what}`;
    return [warn(later.placed, [], message, 'give them different orders')];
  }
  return [];
}

function dependency(earlier: Changing, later: Changing): string | undefined {
  if (earlier.placed.pack.file === later.placed.pack.file) return undefined;
  if (earlier.placed.rule.terminal || later.placed.rule.terminal) return 'whether both act';
  const fields = earlier.changes.flatMap((one) =>
    later.changes.flatMap((other) => differing(one, other)),
  );
  return fields.length === 0 ? undefined : `who sets ${[...new Set(fields)].join(', ')}`;
}

/** Fields that both branches set, to different values. */
function differing(
  one: ReadonlyMap<string, unknown>,
  other: ReadonlyMap<string, unknown>,
): readonly string[] {
  return [...one.keys()].filter(
    (field) => other.has(field) && !isDeepStrictEqual(one.get(field), other.get(field)),
  );
}

function changesOf({ branches }: Rule): Changing['changes'] {
  return branches.map(({ then }) => {
    const { userDefinedFields = {}, ...update } = updateOf(then) ?? {};
    const fields = Object.entries(userDefinedFields).map(
      ([name, value]) => [`userDefinedFields.${name}`, value] as const,
    );
    return new Map<string, unknown>([...Object.entries(update), ...fields]);
  });
}

/** Rules that see different states of a finding may both match, whatever they ask. */
function canMeet(one: PlacedRule, other: PlacedRule): boolean {
  const sees = [one, other].every(({ pack }) => pack.evaluate === 'original');
  const either = ({ rule }: PlacedRule) => ({ any: rule.branches.map(({ when }) => when) });
  const both = { all: [either(one), either(other)] };
  return !sees || formats.some((format) => !isNever(necessary(both, format)));
}
