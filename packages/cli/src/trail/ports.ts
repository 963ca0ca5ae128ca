import type { Baseline, Baselines, TrailPorts } from '@riposte/remediations/cloudtrail';
import type { Clock } from '@riposte/responses';

/** Approved baselines. Only `riposte trail approve` moves one. */
export interface TrailBaselines extends Baselines {
  /** All versions of one trail, oldest first. */
  history(trailArn: string): Promise<readonly Baseline[]>;
  /**
   * Writes the next version, on condition that the one before it is still the present one.
   *
   * @throws RefusedError where somebody else approved in between.
   */
  approve(baseline: Baseline): Promise<void>;
}

/** What the `trail` commands need from a deployment. */
export interface TrailCommandPorts {
  readonly trails: TrailPorts;
  readonly baselines: TrailBaselines;
  readonly accountId: string;
  readonly region: string;
  /** ARN of whoever runs the command. */
  readonly caller: string;
  readonly clock: Clock;
}
