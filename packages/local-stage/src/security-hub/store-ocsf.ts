import type { AccountRegion } from '../types.ts';
import { applyAutomationRulesV2 } from './apply-automation-rules-v2.ts';
import { publishImportedV2 } from './hub-events.ts';
import { HubFault, invalidV2 } from './hub-fault.ts';
import type { StoredOcsf } from './hub-state.ts';
import { at, objectOf } from './json.ts';
import { activityNames } from './ocsf-enums.ts';
import type { HubContext } from './ports.ts';
import { problemsOf, type Schema } from './schema.ts';
import type { JsonObject } from './types.ts';

const text: Schema = { is: 'string' };
const object = (members: Readonly<Record<string, Schema>>): Schema => ({
  is: 'object',
  members,
  required: Object.keys(members),
});

/** What a finding must have to be told apart, matched and sent. */
const finding = object({
  class_uid: { is: 'number', integer: true, min: 2001, max: 2999 },
  severity_id: { is: 'number', integer: true },
  cloud: object({ account: object({ uid: { is: 'string', pattern: /^\d{12}$/ } }) }),
  finding_info: object({ uid: text, title: text }),
  metadata: object({ uid: text, product: object({ uid: text }) }),
});

/**
 * Takes in one finding in OCSF, as Security Hub's own sources send it.
 *
 * @throws HubFault when V2 is off there, or the finding lacks what every finding has.
 */
export function importOcsf(context: HubContext, scope: AccountRegion, document: unknown): void {
  if (!context.states.of(scope).v2EnabledAt)
    throw new HubFault('ConflictException', 'Security Hub V2 is not enabled');
  const [problem] = problemsOf(finding, document);
  if (problem) throw invalidV2(problem);
  storeOcsf(context, scope, objectOf(document));
}

/** Stores a finding where V2 is on; one that is not newer than what is there is ignored. */
export function storeOcsf(context: HubContext, scope: AccountRegion, original: JsonObject): void {
  const state = context.states.of(scope);
  if (!state.v2EnabledAt) return;
  const uid = String(at(original, 'metadata.uid'));
  const existing = state.ocsf.get(uid);
  if (existing && timeOf(original) <= timeOf(existing.ocsf)) return;
  const merged: StoredOcsf = existing
    ? {
        ocsf: { ...asUpdate(original), ...kept(existing) },
        customerFields: existing.customerFields,
      }
    : { ocsf: original, customerFields: new Set() };
  const stored = applyAutomationRulesV2(context, scope, original, merged);
  state.ocsf.set(uid, stored);
  publishImportedV2(context, scope, stored.ocsf);
}

function kept({ ocsf, customerFields }: StoredOcsf): JsonObject {
  return Object.fromEntries([...customerFields].map((name) => [name, ocsf[name]]));
}

/** A finding that was there before is updated, not created. */
function asUpdate(original: JsonObject): JsonObject {
  if (original.activity_id !== 1) return original;
  const activity_name = activityNames[2];
  const type_name = `${original.class_name}: ${activity_name}`;
  const type_uid = Number(original.class_uid) * 100 + 2;
  return { ...original, activity_id: 2, activity_name, type_name, type_uid };
}

function timeOf(document: JsonObject): number {
  const { modified_time_dt, modified_time } = objectOf(document.finding_info);
  if (typeof modified_time === 'number') return modified_time;
  return Date.parse(String(modified_time_dt ?? document.time_dt)) || Number(document.time ?? 0);
}
