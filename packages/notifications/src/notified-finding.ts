import { consoleDomain, cutText, type Finding } from '@riposte/findings';
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
  const { title, resource, ...facts } = factsOf(finding, rule, beside);
  return {
    ...facts,
    title: cutText(title, longestTitle),
    resource: cutText(resource, longestResource),
    ...(url !== undefined && { url }),
    since,
  };
}

/** Security Hub's own are 256 characters at most. What is told of a finding, and the state that keeps it, stay small whatever a document holds. */
const longestTitle = 1_000;
/** The longest ARN. */
const longestResource = 2_048;

/** Where Security Hub's console shows findings with this id; none where the Region is not known. */
function findingUrl({ format, id, region, partition }: Finding): string | undefined {
  if (format !== 'asff' || region === '' || region === 'global') return undefined;
  const search = encodeURIComponent(`Id=\\operator\\:EQUALS\\:${id}`);
  return `https://${region}.${consoleDomain(partition)}/securityhub/home?region=${region}#/findings?search=${search}`;
}
