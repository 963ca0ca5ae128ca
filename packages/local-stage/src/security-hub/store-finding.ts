import type { AccountRegion } from '../types.ts';
import { applyAutomationRules } from './apply-automation-rules.ts';
import { completeFinding } from './complete-finding.ts';
import { publishImported } from './hub-events.ts';
import { keyOf, type StoredFinding } from './hub-state.ts';
import { mergeFinding } from './merge-finding.ts';
import { ocsfFromAsff } from './ocsf-from-asff.ts';
import type { HubContext } from './ports.ts';
import { storeOcsf } from './store-ocsf.ts';
import type { JsonObject } from './types.ts';

/**
 * Takes in one valid finding. An update that is not newer than what is there is ignored, as in AWS: it counts as a success, and
 * nobody hears of it.
 */
export function storeFinding(
  context: HubContext,
  scope: AccountRegion,
  imported: JsonObject,
): void {
  const state = context.states.of(scope);
  const key = keyOf({ Id: String(imported.Id), ProductArn: String(imported.ProductArn) });
  const existing = state.findings.get(key);
  if (existing && timeOf(imported) <= timeOf(existing.asff)) return;
  const original = completeFinding(imported, scope, context.clock());
  const merged: StoredFinding = {
    asff: existing ? mergeFinding(existing, original) : original,
    customerFields: existing?.customerFields ?? new Set(),
  };
  const stored = applyAutomationRules(context, scope, original, merged);
  state.findings.set(key, stored);
  publishImported(context, scope, stored.asff);
  storeOcsf(context, scope, ocsfFromAsff(original));
}

function timeOf(finding: JsonObject): number {
  return Date.parse(String(finding.UpdatedAt));
}
