import type { AccountRegion } from '../types.ts';
import type { StoredOcsf } from './hub-state.ts';
import { at, listOf, objectOf } from './json.ts';
import { matchesOcsf } from './ocsf-filters.ts';
import type { HubContext } from './ports.ts';
import { inOrder } from './rule-store.ts';
import type { JsonObject } from './types.ts';
import { applyOcsfUpdate } from './update-ocsf.ts';

/**
 * Applies automation rules (V2): every rule that matches the finding as its provider gave it, lowest order first, so that the highest
 * has the last word. Rules of the home Region act on linked Regions too, an administrator's on members' findings.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-automation-rules.html
 */
export function applyAutomationRulesV2(
  { states, clock }: HubContext,
  owner: AccountRegion,
  original: JsonObject,
  stored: StoredOcsf,
): StoredOcsf {
  const now = clock();
  const rules = states
    .audienceOf(owner)
    .flatMap((scope) => [...states.of(scope).rulesV2.values()])
    .filter((rule) => rule.RuleStatus === 'ENABLED');
  return inOrder(rules)
    .filter((rule) => matchesOcsf(original, at(rule, 'Criteria.OcsfFindingCriteria'), now))
    .flatMap((rule) => listOf(rule.Actions))
    .reduce<StoredOcsf>(
      (result, action) => applyOcsfUpdate(result, objectOf(objectOf(action).FindingFieldsUpdate)),
      stored,
    );
}
