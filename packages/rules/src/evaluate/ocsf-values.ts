import type { SeverityLabel, WorkflowStatus } from '../model/action.ts';

/** Number and name of each severity in OCSF. @see https://schema.ocsf.io/categories/findings */
export const ocsfSeverities: Readonly<Record<SeverityLabel, readonly [id: number, name: string]>> =
  {
    INFORMATIONAL: [1, 'Informational'],
    LOW: [2, 'Low'],
    MEDIUM: [3, 'Medium'],
    HIGH: [4, 'High'],
    CRITICAL: [5, 'Critical'],
  };

/** Number and name of each state of work in OCSF. */
export const ocsfStatuses: Readonly<Record<WorkflowStatus, readonly [id: number, name: string]>> = {
  NEW: [1, 'New'],
  NOTIFIED: [2, 'In Progress'],
  SUPPRESSED: [3, 'Suppressed'],
  RESOLVED: [4, 'Resolved'],
};
