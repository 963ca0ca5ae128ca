import type { Finding } from '@riposte/findings';
import type { FindingUpdate, SeverityLabel } from '../model/action.ts';
import { ocsfSeverities, ocsfStatuses } from './ocsf-values.ts';
import { severityScores } from './original.ts';
import { type Document, memberOf } from './source.ts';

/** Who changes notes. */
const author = 'riposte';

const severities: Readonly<Record<SeverityLabel, Finding['severity']>> = {
  INFORMATIONAL: 'informational',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
  CRITICAL: 'critical',
};

/**
 * The finding as Security Hub has it after an update: document and what was read from it. What the provider said
 * (`FindingProviderFields`, `vendor_attributes`) and the times of the finding stay. OCSF takes severity, workflow and note; GuardDuty's own
 * findings cannot be updated, and change only in what was read from them.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html
 * @example
 * applyUpdate(finding, { severity: 'HIGH', workflow: 'NOTIFIED' }, new Date());
 */
export function applyUpdate(finding: Finding, update: FindingUpdate, now: Date): Finding {
  const { severity, workflow, note, types } = update;
  const { format, raw } = finding;
  const isAsff = format === 'asff';
  return {
    ...finding,
    ...(severity && { severity: severities[severity] }),
    ...(workflow && { workflowStatus: format === 'ocsf' ? ocsfStatuses[workflow][1] : workflow }),
    ...(note !== undefined && {
      note: isAsff
        ? { text: note, updatedBy: author, updatedAt: now.toISOString() }
        : { text: note },
    }),
    ...(types && isAsff && { types }),
    raw: documentAfter(format, raw, update, now),
  };
}

function documentAfter(
  format: Finding['format'],
  raw: Document,
  update: FindingUpdate,
  now: Date,
): Document {
  if (format === 'asff') return { ...raw, ...asffChange(raw, update, now) };
  return format === 'ocsf' ? { ...raw, ...ocsfChange(update) } : raw;
}

/** Label and score of a severity go together; what a provider's product called it stays. */
function asffChange(raw: Document, update: FindingUpdate, now: Date): Document {
  const { severity, workflow, note, confidence, criticality, ...rest } = update;
  const { verificationState, types, userDefinedFields, relatedFindings } = rest;
  return {
    ...(severity && {
      Severity: {
        ...keptOf(memberOf(raw, 'Severity')),
        Label: severity,
        Normalized: severityScores[severity],
      },
    }),
    ...(workflow && { Workflow: { Status: workflow } }),
    ...(note !== undefined && {
      Note: { Text: note, UpdatedBy: author, UpdatedAt: now.toISOString() },
    }),
    ...(confidence !== undefined && { Confidence: confidence }),
    ...(criticality !== undefined && { Criticality: criticality }),
    ...(verificationState && { VerificationState: verificationState }),
    ...(types && { Types: types }),
    ...(userDefinedFields && { UserDefinedFields: userDefinedFields }),
    ...(relatedFindings && { RelatedFindings: relatedFindings }),
  };
}

function keptOf(severity: unknown): Document {
  const kept = ['Product', 'Original'].map((name) => [name, memberOf(severity, name)] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

function ocsfChange({ severity, workflow, note }: FindingUpdate): Document {
  const [severityId, severityName] = severity ? ocsfSeverities[severity] : [];
  const [statusId, statusName] = workflow ? ocsfStatuses[workflow] : [];
  return {
    ...(severity && { severity_id: severityId, severity: severityName }),
    ...(workflow && { status_id: statusId, status: statusName }),
    ...(note !== undefined && { comment: note }),
  };
}
