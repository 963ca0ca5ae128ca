import { MisconfiguredError } from '@riposte/lambda';
import { type RuleSet, resolvePlaceholders } from '@riposte/rules';
import { ruleSet } from './rule-set.ts';

/**
 * The rules of this deployment with the addresses that the environment gives.
 *
 * @throws MisconfiguredError naming the first variable that an enabled rule needs and that is not set.
 */
export function ownRules(env: NodeJS.ProcessEnv): RuleSet {
  const { ruleSet: resolved, missing } = resolvePlaceholders(ruleSet, env);
  const [first] = missing;
  if (first !== undefined) throw new MisconfiguredError(first);
  return resolved;
}
