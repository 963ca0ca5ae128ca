import type { TrailConfiguration, TrailId, TrailPorts } from '@riposte/remediations/cloudtrail';
import type { Clock } from '@riposte/responses';

/** A trail's approved settings, and who approved them. */
export interface ApprovedBaseline {
  /** 1 for the first. */
  readonly version: number;
  readonly trail: TrailId;
  readonly configuration: TrailConfiguration;
  /** ARN of the approver. */
  readonly approvedBy: string;
  /** ISO 8601. */
  readonly approvedAt: string;
  readonly reason: string;
}

/** Approved baselines. Only `riposte trail approve` moves one. */
export interface TrailBaselines {
  of(trailArn: string): Promise<ApprovedBaseline | undefined>;
  all(): Promise<readonly ApprovedBaseline[]>;
  /** All versions of one trail, oldest first. */
  history(trailArn: string): Promise<readonly ApprovedBaseline[]>;
  /**
   * Writes the next version, on condition that the one before it is still the present one.
   *
   * @throws RefusedError where somebody else approved in between.
   */
  approve(baseline: ApprovedBaseline): Promise<void>;
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
