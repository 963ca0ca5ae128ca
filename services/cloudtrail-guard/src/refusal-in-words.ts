import type { ResponseRecord } from '@riposte/findings';
import { AccessRefusedError, type RemediationError } from '@riposte/remediations';

/**
 * What people read where AWS let a repair down: its answer, and, where it refused and the answer does not say it, what would help.
 *
 * @param isOrganizationTrail such a trail is the management account's, where the member role does no more than start trails.
 */
export function refusalInWords(
  error: RemediationError,
  { plan, resource }: ResponseRecord,
  isOrganizationTrail: boolean,
): string {
  if (!(error instanceof AccessRefusedError) || error.advice !== undefined) return error.message;
  if (isOrganizationTrail) {
    return `${error.message}; an organization trail is mended only where Riposte's home is the management account, elsewhere it is started at most: mend it by hand, as planned below`;
  }
  const actions = [...new Set(plan.map(({ operation }) => operation))].join(', ');
  return `${error.message}; allow ${actions} to the role that acts in ${resource.accountId}, or mend it by hand, as planned below`;
}
