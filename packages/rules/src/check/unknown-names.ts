import type { RuleTest } from '../folder/read-tests.ts';
import { suggest } from '../folder/suggest.ts';
import type { RuleSet } from '../model/rule-set.ts';

/** Names in a case that nothing has: an expectation of such a rule would always, or never, hold. */
export function unknownNames(ruleSet: RuleSet, test: RuleTest): readonly string[] {
  const packs = ruleSet.packs.map(({ name }) => name);
  const rules = ruleSet.packs.flatMap((pack) => pack.rules.map(({ id }) => id));
  const channels = ruleSet.channels.map(({ name }) => name);
  const { matches = [], notMatches = [], told = [] } = test.expect;
  const enabled = (test.enable ?? []).map((id) => id.replace(/\/\*$/, ''));
  return [
    ...missing('packs', 'pack', test.packs ?? [], packs),
    ...missing('enable', 'rule', enabled, [...rules, ...packs]),
    ...missing('expect.matches', 'rule', matches, rules),
    ...missing('expect.notMatches', 'rule', notMatches, rules),
    ...missing('expect.told', 'channel', told, channels),
  ];
}

function missing(
  where: string,
  what: string,
  names: readonly string[],
  known: readonly string[],
): readonly string[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = suggest(name, known);
      return `${where}: no ${what} is called ${name}${meant === undefined ? '' : `; ${meant}`}`;
    });
}
