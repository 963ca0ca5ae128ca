import type { Finding, ResponseRecord } from '@riposte/findings';
import type { Measure } from '@riposte/lambda';
import type { Baselines, TrailPorts } from '@riposte/remediations/cloudtrail';
import type { Clock, ResponseRecords, Settings } from '@riposte/responses';

/** What every answer of the guard needs from the outside. */
export interface GuardPorts {
  /**
   * Trails, in whatever account and Region they are.
   *
   * @param onBehalfOf the record that a change is made for; other accounts see it as the session's source identity.
   */
  trails(onBehalfOf?: string): TrailPorts;
  readonly records: ResponseRecords;
  readonly settings: Settings;
  readonly clock: Clock;
  measure(measure: Measure): void;
  /** The stage, for the names of parameters that messages mention. */
  readonly stage: string;
}

/** What answers to changed or deleted trails need besides. */
export interface RepairPorts extends GuardPorts {
  /** Approved settings. The guard reads them and never writes one. */
  readonly baselines: Baselines;
  /** True for roles of this deployment: what they call while a record of the trail is open is Riposte's own repair. */
  isOwnRole(arn: string): boolean;
}

/** What answers to findings need besides. */
export interface FindingPorts extends RepairPorts {
  readonly notes: FindingNotes;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** Security Hub's findings, on which analysts see what became of them. */
export interface FindingNotes {
  /** Adds the incident to a finding's note and sets its workflow status; an analyst's own words stay. */
  note(finding: Finding, record: ResponseRecord): Promise<void>;
}

/** What became of one incident. */
export interface Outcome {
  /** The trail or other resource. */
  readonly resource: string;
  readonly result:
    | 'verified'
    | 'told'
    | 'planned'
    | 'failed'
    /** Somebody has it, or had it: nothing changes, nobody is told again. */
    | 'duplicate'
    /** Nothing is broken. */
    | 'nothing'
    /** The mode is off. */
    | 'off';
  readonly incident?: string;
  readonly reason?: string;
}
