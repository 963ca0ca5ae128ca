import { consoleDomain, type Finding, findingKey } from '@riposte/findings';
import type { ResourceContext, SeverityLabel } from '@riposte/rules';
import type { NotifiedFinding } from './delivery.ts';
import { standingOf } from './finding-standing.ts';

const labels: Readonly<Record<Finding['severity'], SeverityLabel>> = {
  informational: 'INFORMATIONAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
};

/** What messages say of a finding. */
export function notifiedFinding(
  finding: Finding,
  { context, rule, since, riskScore }: Telling,
): NotifiedFinding {
  const { format, id, productArn, title, accountId, region, resources, severity } = finding;
  const { workflow, recordState } = standingOf(finding);
  const [resource] = resources;
  const { owner, team } = context;
  const url = findingUrl(finding);
  return {
    key: findingKey(finding),
    format,
    id,
    ...(productArn !== undefined && { productArn }),
    title,
    severity: labels[severity],
    accountId,
    region,
    resource: resource?.id ?? '',
    ...(resource?.type !== undefined && { resourceType: resource.type }),
    ...(owner !== undefined && { owner }),
    ...(team !== undefined && { team }),
    rule,
    ...(workflow !== undefined && { workflow }),
    ...(recordState !== undefined && { recordState }),
    ...(riskScore !== undefined && { riskScore }),
    ...(url !== undefined && { url }),
    since,
  };
}

/** What is known besides the finding. */
export interface Telling {
  readonly context: ResourceContext;
  readonly rule: string;
  /** ISO 8601. */
  readonly since: string;
  readonly riskScore?: number;
}

/** Where Security Hub's console shows findings with this id; none where the Region is not known. */
function findingUrl({ format, id, region, partition }: Finding): string | undefined {
  if (format !== 'asff' || region === '' || region === 'global') return undefined;
  const search = encodeURIComponent(`Id=\\operator\\:EQUALS\\:${id}`);
  return `https://${region}.${consoleDomain(partition)}/securityhub/home?region=${region}#/findings?search=${search}`;
}
