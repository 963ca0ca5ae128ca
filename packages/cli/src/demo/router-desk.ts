import type { ServiceEvent } from '@riposte/local-stage';
import type { RulePreview } from './rule-preview.ts';

/** A ticket of the demo's Jira. */
export interface DemoTicket {
  readonly key: string;
  readonly status: string;
  readonly summary: string;
}

/** A finding that was sent, and the event that told of it. */
export interface SentFinding {
  readonly id: string;
  readonly event: ServiceEvent;
}

/** The router and the systems around it, as far as the demo uses them. */
export interface RouterDesk {
  /** Deploys the router with the demo's rules. */
  deploy(): Promise<void>;
  /** GuardDuty's finding that an instance scans ports, by way of Security Hub. */
  sendFinding(instance: string): Promise<SentFinding>;
  /** Findings of another product, which no rule wants. */
  importOthers(count: number): Promise<void>;
  /** Tickets in Jira about a finding. */
  tickets(findingId: string): Promise<readonly DemoTicket[]>;
  /** How many findings the router has read so far. */
  findingsRead(): Promise<number>;
  /** How many calls the router has made so far that change something, anywhere. */
  writes(): Promise<number>;
  /** What the rules would do to the findings in Security Hub, with one of them as if it were enabled. */
  preview(rule: string): Promise<RulePreview>;
  /** Enables the rule that waits, and deploys the function that evaluates rules. */
  enableRule(): Promise<void>;
}
