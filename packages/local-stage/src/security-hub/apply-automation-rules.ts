import type { AccountRegion } from '../types.ts';
import { matchesAsff } from './asff-filters.ts';
import type { StoredFinding } from './hub-state.ts';
import { listOf, objectOf } from './json.ts';
import type { HubContext } from './ports.ts';
import { inOrder } from './rule-store.ts';
import type { JsonObject } from './types.ts';
import { applyUpdate } from './update-findings.ts';

/**
 * Applies automation rules (V1) to a new or updated finding: each is asked about the finding as its provider gave it, lowest order
 * first; a terminal one that matches is the last. Rules act in their own Region, an administrator's on members' findings too.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export function applyAutomationRules(
  { states, clock }: HubContext,
  owner: AccountRegion,
  original: JsonObject,
  stored: StoredFinding,
): StoredFinding {
  const now = clock();
  const rules = states
    .audienceOf(owner)
    .filter(({ region }) => region === owner.region)
    .flatMap((scope) => [...states.of(scope).rules.values()]);
  let result = stored;
  for (const rule of inOrder(rules)) {
    if (rule.RuleStatus !== 'ENABLED' || !matchesAsff(original, rule.Criteria, now)) continue;
    const [action] = listOf(rule.Actions);
    result = applyUpdate(result, objectOf(objectOf(action).FindingFieldsUpdate), now);
    if (rule.IsTerminal === true) break;
  }
  return result;
}
