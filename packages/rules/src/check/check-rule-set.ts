import { fieldsNotTaken } from '../evaluate/fields-not-taken.ts';
import type { RuleFile } from '../folder/folder-files.ts';
import { inReadingOrder, type Problem } from '../folder/problem.ts';
import { pathOfBranch } from '../folder/read-pack.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { isNever } from './facts.ts';
import { necessary } from './necessary.ts';
import { neverMatching, shadowed } from './never-matches.ts';
import { orderDependent } from './order-dependent.ts';
import { beyondOriginal } from './original-basis.ts';
import { enabledRules, type PlacedRule, placer, type Warn } from './rule-places.ts';
import { unusedNames } from './unused-names.ts';

const day = 86_400_000;
/** A rule that ends sooner is announced. */
const announcedDays = 14;

/**
 * What is doubtful in rules that are right as such: rules that can never match or act, that expire, say the same twice, depend on the names of
 * files, read what the original lacks, or ask of OCSF findings what these cannot take; channels and time intervals that nobody uses. Rules that
 * are not enabled are left alone.
 *
 * @param options.now the clock, for what expires
 * @param options.files the files that the rules were read from, so that problems have lines
 * @example
 * checkRuleSet(ruleSet, { now: new Date(), files }).map(problemText);
 */
export function checkRuleSet(
  ruleSet: RuleSet,
  options: { readonly now: Date; readonly files?: readonly RuleFile[] },
): readonly Problem[] {
  const { inRule, inFile } = placer(options.files);
  const rules = enabledRules(ruleSet);
  return inReadingOrder([
    ...neverMatching(rules, options.now, inRule),
    ...shadowed(rules, inRule),
    ...orderDependent(rules, inRule),
    ...beyondOriginal(rules, inRule),
    ...rules.flatMap((placed) => expiring(placed, options.now, inRule)),
    ...rules.flatMap((placed) => untakenByOcsf(placed, inRule)),
    ...duplicates(rules, inRule),
    ...unusedNames(ruleSet, options.files ?? [], inFile),
  ]);
}

function expiring(placed: PlacedRule, now: Date, warn: Warn): readonly Problem[] {
  const { expires } = placed.rule;
  if (expires === undefined) return [];
  const days = Math.floor((Date.parse(expires) - now.getTime()) / day);
  if (days < 0 || days >= announcedDays) return [];
  const message = `expires on ${expires}: what it holds back comes back then`;
  return [warn(placed, ['expires'], message)];
}

function untakenByOcsf(placed: PlacedRule, warn: Warn): readonly Problem[] {
  return placed.rule.branches.flatMap((branch, index) => {
    if (isNever(necessary(branch.when, 'ocsf'))) return [];
    return branch.then.flatMap((action, position) => {
      if (!('update' in action)) return [];
      const left = fieldsNotTaken(action.update, 'ocsf');
      if (left.length === 0) return [];
      const path = [...pathOfBranch(index), 'then', position, 'update'];
      const message = `OCSF findings, which the rule matches too, cannot take ${left.join(', ')}`;
      return [warn(placed, path, message)];
    });
  });
}

function duplicates(rules: readonly PlacedRule[], warn: Warn): readonly Problem[] {
  const first = new Map<string, string>();
  return rules.flatMap((placed) => {
    const { branches, id } = placed.rule;
    if (branches.every(({ then }) => then.length === 0)) return [];
    const says = JSON.stringify([placed.pack.evaluate, branches]);
    const same = first.get(says);
    if (same === undefined) first.set(says, id);
    return same === undefined ? [] : [warn(placed, [], `says the same as ${same}`)];
  });
}
