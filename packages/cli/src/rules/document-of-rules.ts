import { givenRules } from '@riposte/rules';
import { parseDocument } from 'yaml';
import { InvalidOptionError } from '../errors.ts';

/**
 * Reads a file that holds automation rules: answers of BatchGetAutomationRules and GetAutomationRuleV2, input of the create calls, a list of
 * them, or a CloudFormation template, as JSON or YAML.
 *
 * @throws InvalidOptionError naming `--from` where it holds none.
 */
export function documentOfRules(text: string): unknown {
  const document = read(text);
  if (givenRules(document).some(({ service }) => service !== undefined)) return document;
  throw new InvalidOptionError(
    '--from',
    'the file holds no automation rule',
    'give an answer of BatchGetAutomationRules or GetAutomationRuleV2, a list of rules, or a CloudFormation template',
  );
}

/** JSON is YAML too. Functions of CloudFormation (`!Sub`) stay what they are written with. */
function read(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (!problem) return document.toJS();
  const [line = ''] = problem.message.split('\n');
  const remedy = 'correct it at this place';
  throw new InvalidOptionError('--from', `the file is neither JSON nor YAML: ${line}`, remedy);
}
