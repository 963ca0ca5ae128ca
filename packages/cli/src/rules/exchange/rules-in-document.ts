import { parseDocument } from 'yaml';
import { InvalidOptionError } from '../../errors.ts';

/** Automation rules as the APIs and CloudFormation write them, by service. */
export interface ForeignRules {
  /** Of Security Hub CSPM, over ASFF. */
  readonly v1: readonly unknown[];
  /** Of Security Hub, over OCSF. */
  readonly v2: readonly unknown[];
}

const resourceTypes = new Set([
  'AWS::SecurityHub::AutomationRule',
  'AWS::SecurityHub::AutomationRuleV2',
]);

/**
 * Finds automation rules in a file: answers of BatchGetAutomationRules and GetAutomationRuleV2, input of the create calls, a list of them, or
 * a CloudFormation template, as JSON or YAML.
 *
 * @throws InvalidOptionError naming `--from` where it holds none.
 */
export function rulesInDocument(text: string): ForeignRules {
  const rules = rulesIn(read(text));
  if (rules.length === 0)
    throw new InvalidOptionError(
      '--from',
      'the file holds no automation rule',
      'give an answer of BatchGetAutomationRules or GetAutomationRuleV2, a list of rules, or a CloudFormation template',
    );
  const isV2 = (rule: unknown) => memberOf(memberOf(rule, 'Criteria'), 'OcsfFindingCriteria');
  return {
    v1: rules.filter((rule) => isV2(rule) === undefined),
    v2: rules.filter((rule) => isV2(rule) !== undefined),
  };
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

function rulesIn(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document.flatMap(rulesIn);
  const listed = memberOf(document, 'Rules');
  if (Array.isArray(listed)) return listed.flatMap(rulesIn);
  const resources = memberOf(document, 'Resources');
  if (typeof resources === 'object' && resources !== null)
    return Object.values(resources).flatMap(ruleOfResource);
  return memberOf(document, 'Criteria') === undefined ? [] : [document];
}

function ruleOfResource(resource: unknown): readonly unknown[] {
  const type = memberOf(resource, 'Type');
  const isRule = typeof type === 'string' && resourceTypes.has(type);
  return isRule ? rulesIn(memberOf(resource, 'Properties')) : [];
}

function memberOf(value: unknown, key: string): unknown {
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return has ? Reflect.get(value, key) : undefined;
}
