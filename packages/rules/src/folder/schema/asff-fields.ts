import { type AsffFieldKind, asffFields } from '../../evaluate/asff-fields.ts';

/** How the filters of each field compare: those that `evaluate` reads. */
export const asffKinds: ReadonlyMap<string, AsffFieldKind> = new Map(
  [...asffFields].map(([name, { kind }]) => [name, kind]),
);

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

const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

/** The values of fields that have only these. */
export const asffValues: ReadonlyMap<string, readonly string[]> = new Map([
  ['SeverityLabel', severities],
  ['FindingProviderFieldsSeverityLabel', severities],
  ['WorkflowStatus', ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']],
  ['RecordState', ['ACTIVE', 'ARCHIVED']],
  ['ComplianceStatus', ['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']],
  ['VerificationState', ['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE']],
]);
