import { type Finding, findingKey } from '@riposte/findings';
import type { FindingLabel, ResourceContext, Rule } from '@riposte/rules';
import type { Labels } from './alert.ts';
import { textsAt } from './document-text.ts';

/** A label's value is cut here: alerts stay small whatever a document holds. */
const longest = 1_024;

/**
 * The labels of a finding: `finding` (its key), `account`, `region`, `control`, `resource` and `resourceType` (of the first resource), `owner`, `team`,
 * `severity`, `product`, `rule`, `type` (the first), and those of `names` that are dotted paths of the document: what is there, different texts joined
 * by `, ` in the order of the alphabet. What is missing is left out.
 *
 * @param names what groups, silences or inhibitions ask for, e.g. `ProductFields.resourceOwner`.
 * @example
 * labelsOf(finding, context, rule, notify.group?.by);
 */
export function labelsOf(
  finding: Finding,
  context: ResourceContext,
  rule: Pick<Rule, 'id'>,
  names: readonly string[] = [],
): Labels {
  const [resource] = finding.resources;
  const own: Readonly<Record<FindingLabel, string | undefined>> = {
    finding: findingKey(finding),
    account: finding.accountId,
    region: finding.region,
    control: finding.securityControlId,
    resource: resource?.id,
    resourceType: resource?.type,
    owner: context.owner,
    team: context.team,
    severity: finding.severity.toUpperCase(),
    product: productOf(finding),
    rule: rule.id,
    type: finding.types[0],
  };
  const known = new Map<string, string | undefined>(Object.entries(own));
  for (const name of names)
    if (!known.has(name)) known.set(name, textsAt(finding.raw, name).toSorted().join(', '));
  return Object.fromEntries(
    [...known].flatMap(([name, value]) => (value ? [[name, value.slice(0, longest)]] : [])),
  );
}

/** The product's name, which ASFF and OCSF write alike (`GuardDuty`, `Security Hub`); else the last part of its ARN. */
function productOf({ productName, productArn }: Finding): string | undefined {
  return productName ?? productArn?.split('/').at(-1);
}
