import { compileOwnership, compileRules, type RuleSet } from '@riposte/rules';
import { InvalidOptionError } from '../errors.ts';
import type { RuleEngine } from './rule-engine.ts';

/**
 * Rules as the service evaluates them, some of them as if they were enabled.
 *
 * @param enable ids, `pack/*` for a whole pack, `*` for all.
 * @throws InvalidOptionError for a rule that there is not.
 */
export function openEngine(ruleSet: RuleSet, enable: readonly string[] = []): RuleEngine {
  const tried = withEnabled(ruleSet, enable);
  const compiled = compileRules(tried.packs);
  const ownersOf = compileOwnership(tried);
  return {
    ruleSet: tried,
    evaluate: (finding, moment) => compiled.evaluate(finding, moment),
    ownersOf: (finding) => ownersOf(finding),
  };
}

function withEnabled(ruleSet: RuleSet, enable: readonly string[]): RuleSet {
  const ids = ruleSet.packs.flatMap(({ rules }) => rules.map(({ id }) => id));
  const wrong = enable.find((wanted) => !ids.some((id) => isNamed(id, wanted)));
  if (wrong !== undefined) {
    const remedy = `give the id of a rule, such as ${ids[0] ?? 'pack/name'}, or pack/*, or *`;
    throw new InvalidOptionError('--enable', `there is no rule ${JSON.stringify(wrong)}`, remedy);
  }
  const isEnabled = (id: string) => enable.some((wanted) => isNamed(id, wanted));
  const packs = ruleSet.packs.map((pack) => ({
    ...pack,
    rules: pack.rules.map((rule) => (isEnabled(rule.id) ? { ...rule, enabled: true } : rule)),
  }));
  return { ...ruleSet, packs };
}

function isNamed(id: string, wanted: string): boolean {
  return (
    wanted === '*' || id === wanted || (wanted.endsWith('/*') && id.startsWith(wanted.slice(0, -1)))
  );
}
