import { providerFields } from './complete-finding.ts';
import type { StoredFinding } from './hub-state.ts';
import { at, defined, objectOf } from './json.ts';
import type { JsonObject } from './types.ts';

/** Only customers change these once a finding exists. */
const customersOwn = ['Note', 'UserDefinedFields', 'VerificationState'] as const;

/**
 * A finding after its provider has sent it again: what customers set stays, their own fields always, the provider's fields where
 * somebody has overruled them.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function mergeFinding(existing: StoredFinding, imported: JsonObject): JsonObject {
  const kept = [
    ...customersOwn,
    ...providerFields.filter((name) => existing.customerFields.has(name)),
  ];
  return defined({
    ...imported,
    ...Object.fromEntries(kept.map((name) => [name, existing.asff[name]])),
    Workflow: workflowAfter(existing.asff, imported),
    FirstObservedAt: imported.FirstObservedAt ?? existing.asff.FirstObservedAt,
  });
}

/**
 * A finding that was dealt with is new again when it comes back: archived and active again, or a check that passed and fails.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/finding-workflow-status.html
 */
function workflowAfter(existing: JsonObject, imported: JsonObject): JsonObject {
  const workflow = objectOf(existing.Workflow);
  const back = existing.RecordState === 'ARCHIVED' && imported.RecordState === 'ACTIVE';
  const failing =
    at(existing, 'Compliance.Status') === 'PASSED' &&
    at(imported, 'Compliance.Status') !== 'PASSED';
  const done = workflow.Status === 'NOTIFIED' || workflow.Status === 'RESOLVED';
  return done && (back || failing) ? { ...workflow, Status: 'NEW' } : workflow;
}
