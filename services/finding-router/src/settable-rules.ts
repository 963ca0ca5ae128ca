import { ruleSet } from './rule-set.ts';

/** What modes may be set for: the rules of this deployment, and what people do by acknowledging. A name that is none of them makes the settings unreadable. */
export function settableRules(): readonly string[] {
  return [...ruleSet.packs.flatMap(({ rules }) => rules.map(({ id }) => id)), 'acknowledgement'];
}
