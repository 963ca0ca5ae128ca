import type { Finding } from '@riposte/findings';
import type { RenderText } from '@riposte/notifications/templates';
import type { FindingUpdate, ResourceContext, RuleSet } from '@riposte/rules';
import type { LargeDocuments } from './documents/large-documents.ts';
import type { Matched } from './effects.ts';
import type { FindingStates, Outlet } from './finding-state.ts';
import type { RoutedPorts } from './measure-routed.ts';

/** The rules, compiled. */
export interface Rules {
  evaluate(
    finding: Finding,
    at: { readonly now: Date; readonly context?: ResourceContext },
  ): readonly Matched[];
}

/** What enrichment found out, and what of it goes on the finding. */
export interface Enriched {
  readonly context: ResourceContext;
  readonly update: FindingUpdate;
  /** 0 to 100; absent where it was not asked for. */
  readonly riskScore?: number;
}

/** Adds what is known elsewhere. Reading never throws: what could not be read is named in the context and in the update. */
export interface Enrichment {
  /** What is known without asking anybody: tags of the finding and the ownership file. */
  contextOf(finding: Finding): Promise<ResourceContext>;
  /** What the matched rules ask for. */
  enrich(finding: Finding, matches: readonly Matched[], now: Date): Promise<Enriched>;
  /** Remembers that a finding is open or closed, for the history of its resource. `at` is ISO 8601. */
  note(finding: Finding, at: string): Promise<void>;
}

/** What routing needs from the outside. */
export interface RoutePorts extends RoutedPorts {
  readonly rules: Rules;
  readonly ruleSet: RuleSet;
  readonly enrichment: Enrichment;
  readonly states: FindingStates;
  readonly outlet: Outlet;
  readonly documents: Pick<LargeDocuments, 'put'>;
  readonly render: RenderText;
  clock(): Date;
}
