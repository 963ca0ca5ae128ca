import type { Finding } from '@riposte/findings';

const closedWorkflows = new Set([
  ...['RESOLVED', 'SUPPRESSED'],
  ...['Resolved', 'Suppressed', 'Archived', 'Deleted'],
]);

/** True for a finding that nobody has to do anything about: archived, resolved, suppressed, or a check that passed. */
export function isClosed({ raw, format, workflowStatus, recordState }: Finding): boolean {
  const compliance =
    format === 'asff' ? memberOf(raw.Compliance, 'Status') : memberOf(raw.compliance, 'status');
  return (
    recordState === 'ARCHIVED' ||
    raw.activity_name === 'Close' ||
    (workflowStatus !== undefined && closedWorkflows.has(workflowStatus)) ||
    compliance === 'PASSED' ||
    compliance === 'Pass'
  );
}

function memberOf(value: unknown, key: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isObject ? Reflect.get(value, key) : undefined;
}
