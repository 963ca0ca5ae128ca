import type { Finding } from '@riposte/findings';
import type { ChangeKind, ResourceContext } from '@riposte/rules';
import { contentId } from './content-id.ts';
import { standingOf } from './standing.ts';

/** What is worth telling again where a rule does not say. */
export const usualChanges: readonly ChangeKind[] = ['severity', 'workflow', 'recordState'];

/** What a finding's document does not say. */
export interface Beside {
  readonly context?: ResourceContext;
  /** 0 to 100. */
  readonly riskScore?: number;
}

/**
 * Changes when one of the named things changes, and only then: a republished finding has the same. Equal for the ASFF and the OCSF copy of a finding as far
 * as they say the same. Risk counts in steps of ten, so that it does not speak up at every point.
 *
 * @example
 * fingerprintOf(finding, notify.on ?? usualChanges, { context, riskScore });
 */
export function fingerprintOf(
  finding: Finding,
  on: readonly ChangeKind[],
  beside: Beside = {},
): string {
  const kinds = [...new Set(on)].sort();
  return contentId(
    'fp',
    kinds.map((kind) => [kind, saidOf(kind, finding, beside)]),
  );
}

function saidOf(kind: ChangeKind, finding: Finding, { context, riskScore }: Beside): unknown {
  switch (kind) {
    case 'severity':
      return finding.severity;
    case 'workflow':
      return standingOf(finding).workflow;
    case 'recordState':
      return standingOf(finding).recordState;
    case 'compliance':
      return standingOf(finding).compliance ?? '';
    case 'resources':
      return [...new Set(finding.resources.map(({ id }) => id))].sort();
    case 'title':
      return finding.title;
    case 'owner':
      return [context?.owner ?? '', context?.team ?? ''];
    case 'risk':
      return riskScore === undefined ? '' : Math.floor(riskScore / 10);
  }
}
