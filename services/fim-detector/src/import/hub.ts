import type { AsffFinding } from '@riposte/findings';

/** The account and Region whose Security Hub is asked. */
export interface HubPlace {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** A finding that Security Hub did not take, or did not change, and why. */
export interface Refusal {
  readonly id: string;
  readonly code: string;
  readonly reason: string;
}

/** How a finding stands. */
export interface StandingFinding {
  readonly id: string;
  readonly workflow?: string;
  readonly note?: string;
  readonly noteBy?: string;
}

/** What is set on a finding. */
export interface HubChange {
  readonly note: string;
  readonly workflow: 'NEW' | 'RESOLVED';
}

/** Security Hub in words: each is one call, paced, and tried again while it is busy. All are of one account and Region. */
export interface Hub {
  /** At most 100 findings and 6 MB. */
  import(place: HubPlace, findings: readonly AsffFinding[]): Promise<readonly Refusal[]>;
  /** At most 20. Those that are not there are not in it. */
  read(place: HubPlace, ids: readonly string[]): Promise<readonly StandingFinding[]>;
  /** At most 100, all alike. */
  update(place: HubPlace, ids: readonly string[], change: HubChange): Promise<readonly Refusal[]>;
}

/** Calls a second that Security Hub takes of an account in a Region, and what one call holds. */
export const hubLimits = { callsPerSecond: 10, readIds: 20, updateIds: 100 } as const;
