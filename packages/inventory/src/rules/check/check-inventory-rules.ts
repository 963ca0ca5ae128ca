import { inReadingOrder, type Problem, suggest } from '@riposte/rules/folder';
import { everyAttribute, inventoryType } from '../../types/inventory-types.ts';
import type { LoadedInventoryRules, PlacedRule } from '../folder/load-inventory-rules.ts';
import { neverMatching } from './never-matches.ts';
import { shadowed } from './shadowed.ts';

const day = 86_400_000;
/** A rule that ends sooner is announced. */
const announcedDays = 14;

const warning = { severity: 'warning' } as const;

/**
 * What is doubtful in rules that are right as such: rules that can never match or that earlier ones leave nothing to, that have expired or
 * soon will, windows that are over. An attribute that its type does not have is an error: changes of it would never be told.
 *
 * @param options.now the clock, for what expires
 * @example
 * checkInventoryRules(loadInventoryRules(files), { now: new Date() }).map(problemText);
 */
export function checkInventoryRules(
  { placed }: Pick<LoadedInventoryRules, 'placed'>,
  { now }: { readonly now: Date },
): readonly Problem[] {
  return inReadingOrder([
    ...placed.flatMap(neverMatching),
    ...shadowed(placed, now),
    ...placed.flatMap((rule) => [
      ...expiring(rule, now),
      ...overWindows(rule, now),
      ...unknownAttributes(rule),
    ]),
  ]);
}

function expiring({ rule, problemAt }: PlacedRule, now: Date): readonly Problem[] {
  const { expires, policy } = rule;
  if (expires === undefined) return [];
  const days = Math.floor((Date.parse(expires) - now.getTime()) / day);
  if (days >= announcedDays) return [];
  const back = policy === 'ignore' ? ': what it holds back comes back then' : '';
  const message =
    days < 0 ? `expired on ${expires}: it does not apply any more` : `expires on ${expires}${back}`;
  return [problemAt(['expires'], message, warning)];
}

function overWindows({ rule, problemAt }: PlacedRule, now: Date): readonly Problem[] {
  return (rule.maintenance?.windows ?? []).flatMap((window, index) =>
    'end' in window && Date.parse(window.end) < now.getTime()
      ? [
          problemAt(
            ['maintenance', 'windows', index],
            `the window ${window.name} ended on ${window.end}`,
            warning,
          ),
        ]
      : [],
  );
}

function unknownAttributes({ rule, problemAt }: PlacedRule): readonly Problem[] {
  const { identity, compare } = inventoryType(rule.type);
  // Of a type that nobody has described, each line is a thing of its own: none is ever modified.
  if (identity.includes(everyAttribute)) return [];
  return (rule.attributes ?? []).flatMap((name, index) => {
    if (compare.includes(name)) return [];
    const suggestion = suggest(name, compare) ?? `compared are ${compare.join(', ')}`;
    const message = `${rule.type} is not compared by ${name}`;
    return [problemAt(['attributes', index], message, { suggestion })];
  });
}
