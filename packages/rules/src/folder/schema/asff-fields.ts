import { severityLabel, verificationState, workflowStatus } from './action.ts';

const hundred: ReadonlySet<string> = new Set([
  'AwsAccountId',
  'GeneratorId',
  'Title',
  'ResourceId',
]);

/** How many filters a field takes. */
export function maxFilters(field: string): number {
  return hundred.has(field) ? 100 : 20;
}

/** The values of fields that have only these. */
export const asffValues: ReadonlyMap<string, readonly string[]> = new Map([
  ['SeverityLabel', severityLabel.options],
  ['FindingProviderFieldsSeverityLabel', severityLabel.options],
  ['WorkflowStatus', workflowStatus.options],
  ['RecordState', ['ACTIVE', 'ARCHIVED']],
  ['ComplianceStatus', ['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']],
  ['VerificationState', verificationState.options],
]);
