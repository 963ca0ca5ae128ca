import { isMember, plainJson } from './plain-json.ts';

/** Security Hub CSPM, over ASFF; or Security Hub, over OCSF. */
export type RuleService = 'v1' | 'v2';

/** A rule as it was given, and how a template calls it. */
export interface GivenRule {
  readonly rule: unknown;
  /** Whose rule it is; undefined where it is nobody's. */
  readonly service: RuleService | undefined;
  readonly logicalId?: string;
}

const services: ReadonlyMap<unknown, RuleService> = new Map([
  ['AWS::SecurityHub::AutomationRule', 'v1'],
  ['AWS::SecurityHub::AutomationRuleV2', 'v2'],
]);

/**
 * The rules in what an API or a template gives: one, answers with `Rules`, a CloudFormation template, or a list of these.
 *
 * @example
 * givenRules(template).filter(({ service }) => service === 'v2').length;
 */
export function givenRules(input: unknown): readonly GivenRule[] {
  return rulesIn(plainJson(input));
}

function rulesIn(plain: unknown): readonly GivenRule[] {
  if (Array.isArray(plain)) return plain.flatMap(rulesIn);
  if (!isMember(plain)) return [{ rule: plain, service: undefined }];
  if (Array.isArray(plain.Rules)) return rulesIn(plain.Rules);
  if (!isMember(plain.Resources)) return [{ rule: plain, service: serviceOf(plain.Criteria) }];
  return Object.entries(plain.Resources).flatMap(([logicalId, resource]) => {
    if (!isMember(resource)) return [];
    const service = services.get(resource.Type);
    return service ? [{ rule: resource.Properties, service, logicalId }] : [];
  });
}

function serviceOf(criteria: unknown): RuleService | undefined {
  if (!isMember(criteria)) return undefined;
  return criteria.OcsfFindingCriteria === undefined ? 'v1' : 'v2';
}
