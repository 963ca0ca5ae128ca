import type { Finding } from '@riposte/findings';
import { type Standing as Stated, standingOf as statedBy } from '@riposte/notifications';

/** How a finding stands, in ASFF's words whatever its format: both copies of one finding stand alike. */
export interface Standing extends Stated {
  /** Archived, resolved, suppressed or passed: nobody has to do anything about it any more. */
  readonly closed: boolean;
  /** Why it is closed, e.g. `workflow SUPPRESSED`. */
  readonly because?: string;
}

/** Reads whether a finding is open or closed, and why. */
export function standingOf(finding: Finding): Standing {
  const stated = statedBy(finding);
  const { status, workflow, recordState, compliance } = stated;
  const reasons = [
    ...(recordState === 'ARCHIVED' ? ['archived'] : []),
    ...(workflow === 'RESOLVED' || workflow === 'SUPPRESSED' ? [`workflow ${workflow}`] : []),
    ...(compliance === 'PASSED' ? ['check passed'] : []),
  ];
  const closed = status === 'resolved';
  return { ...stated, closed, ...(closed && { because: reasons.join(', ') }) };
}
