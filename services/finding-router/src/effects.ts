import type { Finding } from '@riposte/findings';
import type {
  Action,
  FindingUpdate,
  Notify,
  ResourceContext,
  Rule,
  RuleMatch,
  Ticket,
} from '@riposte/rules';

/** One thing that a rule wants done with a finding. */
export interface Effect {
  /** By rule, branch and action: `pack/name#0.1`. */
  readonly id: string;
  readonly rule: Rule;
  readonly wanted: Wanted;
}

/** What is wanted; texts are still templates. */
export type Wanted =
  | { readonly kind: 'update'; readonly update: FindingUpdate }
  | { readonly kind: 'notify'; readonly notify: Notify }
  | { readonly kind: 'ticket'; readonly ticket: Ticket }
  | { readonly kind: 'evidence'; readonly frameworks?: readonly string[] }
  | { readonly kind: 'action'; readonly action: SystemAction };

/** Actions that are carried out on other systems. */
export type SystemAction = Extract<
  Action,
  | { readonly remediate: unknown }
  | { readonly invoke: unknown }
  | { readonly queue: unknown }
  | { readonly event: unknown }
  | { readonly automation: unknown }
  | { readonly tag: unknown }
>;

/** A rule that matched, and the branch of it that acts. */
export type Matched = RuleMatch;

/**
 * What all rules that matched want, action by action. Updates are left to `mergedUpdate`, enrichment to the step before: neither is an effect of its own.
 */
export function effectsOf(matches: readonly Matched[]): readonly Effect[] {
  return matches.flatMap(({ rule, branchIndex }) =>
    (rule.branches[branchIndex]?.then ?? []).flatMap((action, at) => {
      const wanted = wantedOf(action);
      return wanted ? [{ id: `${rule.id}#${branchIndex}.${at}`, rule, wanted }] : [];
    }),
  );
}

/** Id of the rule that an effect is of. */
export function ruleOfEffect(id: string): string {
  return id.slice(0, id.lastIndexOf('#'));
}

function wantedOf(action: Action): Wanted | undefined {
  if ('update' in action || 'suppress' in action || 'enrich' in action) return undefined;
  if ('notify' in action) return { kind: 'notify', notify: action.notify };
  if ('ticket' in action) return { kind: 'ticket', ticket: action.ticket };
  if ('evidence' in action) return { kind: 'evidence', ...action.evidence };
  return { kind: 'action', action };
}

/** A finding with everything that effects look at. */
export interface Subject {
  readonly finding: Finding;
  readonly context: ResourceContext;
  readonly riskScore?: number;
}
