import { fileURLToPath } from 'node:url';
import { loadRuleFolder, problemText, type RuleSet, WrongRulesError } from '@riposte/rules';
import { checkTemplate } from './messages/check-template.ts';
import { readRuleFiles } from './read-rule-files.ts';

/** The folder whose rules this service carries out. */
export const ruleFolder = fileURLToPath(new URL('../rules', import.meta.url));

/**
 * The rules of this deployment. From source they are read here; packaging puts the checked JSON in the place of this module, so that wrong
 * rules stop a deployment and never a function.
 *
 * @throws WrongRulesError with all problems.
 * @see rule-set-plugin.ts
 */
export const ruleSet: RuleSet = readRules(ruleFolder);

/**
 * Reads a folder of rules.
 *
 * @throws WrongRulesError with all problems.
 */
export function readRules(folder: string): RuleSet {
  const { ruleSet: rules, problems } = loadRuleFolder(readRuleFiles(folder), { checkTemplate });
  if (rules) return rules;
  throw new WrongRulesError(problems.map(problemText));
}
