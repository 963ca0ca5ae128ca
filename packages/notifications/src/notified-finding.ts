import { consoleDomain, type Finding } from '@riposte/findings';
import type { ResourceContext } from '@riposte/rules';
import type { AlertFacts } from './alert.ts';
import { factsOf } from './facts-of.ts';

/** What messages say of a finding, and since when they do. */
export interface DatedFacts extends AlertFacts {
  /** ISO 8601: when it was first told of. */
  readonly since: string;
}

/** What is known besides the finding. */
export interface Telling {
  readonly context: ResourceContext;
  readonly rule: string;
  /** ISO 8601. */
  readonly since: string;
  readonly riskScore?: number;
}

/** What messages say of a finding. */
export function notifiedFinding(finding: Finding, { rule, since, ...beside }: Telling): DatedFacts {
  const url = findingUrl(finding);
  return { ...factsOf(finding, rule, beside), ...(url !== undefined && { url }), since };
}

/** Where Security Hub's console shows findings with this id; none where the Region is not known. */
function findingUrl({ format, id, region, partition }: Finding): string | undefined {
  if (format !== 'asff' || region === '' || region === 'global') return undefined;
  const search = encodeURIComponent(`Id=\\operator\\:EQUALS\\:${id}`);
  return `https://${region}.${consoleDomain(partition)}/securityhub/home?region=${region}#/findings?search=${search}`;
}
