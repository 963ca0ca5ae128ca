import { asffLabels, type Finding, findingKey } from '@riposte/findings';
import type { AlertFacts } from './alert.ts';
import type { Beside } from './fingerprint.ts';
import { standingOf } from './standing.ts';

/** What messages of one rule say of a finding. */
export function factsOf(finding: Finding, rule: string, beside: Beside = {}): AlertFacts {
  const { format, id, productArn, title, accountId, region, resources, severity } = finding;
  const { context = {}, riskScore } = beside;
  const { workflow, recordState } = standingOf(finding);
  const [resource] = resources;
  const { owner, team } = context;
  return {
    key: findingKey(finding),
    format,
    id,
    ...(productArn !== undefined && { productArn }),
    title,
    severity: asffLabels[severity],
    accountId,
    region,
    resource: resource?.id ?? '',
    ...(resource?.type !== undefined && { resourceType: resource.type }),
    ...(owner !== undefined && { owner }),
    ...(team !== undefined && { team }),
    rule,
    workflow,
    recordState,
    ...(riskScore !== undefined && { riskScore }),
  };
}
