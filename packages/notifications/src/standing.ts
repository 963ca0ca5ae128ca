import { at, type Finding, field, textOf } from '@riposte/findings';
import type { AlertStatus } from './alert.ts';

/** How a finding stands, in ASFF's words whatever its format, so that both copies of one finding stand alike. */
export interface Standing {
  readonly status: AlertStatus;
  readonly workflow: string;
  readonly recordState: 'ACTIVE' | 'ARCHIVED';
  readonly compliance?: string;
}

/** By OCSF's `status_id` and by its name; 5 is archived, 6 deleted. */
const ocsfWorkflows: Readonly<Record<string, string>> = {
  1: 'NEW',
  2: 'NOTIFIED',
  3: 'SUPPRESSED',
  4: 'RESOLVED',
  New: 'NEW',
  'In Progress': 'NOTIFIED',
  Suppressed: 'SUPPRESSED',
  Resolved: 'RESOLVED',
};
const ocsfCompliances: Readonly<Record<string, string>> = {
  1: 'PASSED',
  2: 'WARNING',
  3: 'FAILED',
  Pass: 'PASSED',
  Warning: 'WARNING',
  Fail: 'FAILED',
};
const over = new Set(['RESOLVED', 'SUPPRESSED']);

/**
 * Reads how a finding stands: resolved where it is archived, resolved, suppressed or passed; acknowledged where its workflow is NOTIFIED, which is OCSF's
 * In Progress; else open.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/finding-workflow-status.html
 * @see https://schema.ocsf.io/classes/compliance_finding (`status_id`, `compliance.status_id`, `activity_id`)
 */
export function standingOf(finding: Finding): Standing {
  const { workflow, isArchived, compliance } =
    finding.format === 'ocsf' ? ocsfStanding(finding) : asffStanding(finding);
  const isOver = isArchived || over.has(workflow) || compliance === 'PASSED';
  const openStatus = workflow === 'NOTIFIED' ? 'acknowledged' : 'open';
  return {
    status: isOver ? 'resolved' : openStatus,
    workflow,
    recordState: isArchived ? 'ARCHIVED' : 'ACTIVE',
    ...(compliance !== undefined && { compliance }),
  };
}

function asffStanding({ raw, workflowStatus, recordState }: Finding) {
  const service = field(raw, 'service') ?? field(raw, 'Service');
  const archived = field(service, 'archived') ?? field(service, 'Archived');
  return {
    workflow: workflowStatus ?? 'NEW',
    isArchived: recordState === 'ARCHIVED' || archived === true,
    compliance: textOf(at(raw, 'Compliance', 'Status')),
  };
}

function ocsfStanding({ raw, workflowStatus }: Finding) {
  const id = String(field(raw, 'status_id'));
  const compliance = field(raw, 'compliance');
  const stated = textOf(field(compliance, 'status'));
  return {
    workflow: ocsfWorkflows[id] ?? ocsfWorkflows[workflowStatus ?? ''] ?? 'NEW',
    isArchived:
      ['5', '6'].includes(id) ||
      ['Archived', 'Deleted'].includes(workflowStatus ?? '') ||
      field(raw, 'activity_id') === 3,
    compliance:
      ocsfCompliances[String(field(compliance, 'status_id'))] ??
      ocsfCompliances[stated ?? ''] ??
      stated?.toUpperCase(),
  };
}
