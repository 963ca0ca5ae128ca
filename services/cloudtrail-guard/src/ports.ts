import type { Measure } from '@riposte/lambda';
import type { TrailConfiguration, TrailId, TrailPorts } from '@riposte/remediations/cloudtrail';
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

/** A trail's approved settings. */
export interface Baseline {
  readonly version: number;
  readonly trail: TrailId;
  readonly configuration: TrailConfiguration;
}

/** Approved settings, moved only by a person or a listed deployment. The guard reads them and never writes one. */
export interface Baselines {
  of(trailArn: string): Promise<Baseline | undefined>;
  all(): Promise<readonly Baseline[]>;
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
