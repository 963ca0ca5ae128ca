import type { TrailDelivery } from '../types.ts';
import type { ErrorResponse } from './error-response.ts';
import { insightSelectors } from './insight-selectors.ts';
import { organizationTrails } from './organization-trails.ts';
import type { Members, TrailCall } from './trail-calls.ts';
import { trailStatus } from './trail-status.ts';

/** What the stage's CloudTrail has beyond the emulator's. */
export interface TrailExtras {
  /** The stage's own answer, where the emulator has none or AWS would refuse. */
  answer(trailCall: TrailCall): Promise<ErrorResponse | undefined>;
  /** Another account as which the call is passed on. */
  readAs(trailCall: TrailCall): string | undefined;
  /** The emulator's answer to a call that succeeded, completed. */
  amend(trailCall: TrailCall, answer: Members): Promise<Members>;
  setDelivery(trailArn: string, delivery: TrailDelivery): void;
}

/** Insight selectors, organization trails and deliveries together. */
export function trailExtras(): TrailExtras {
  const insights = insightSelectors();
  const organization = organizationTrails();
  const status = trailStatus();
  return {
    answer: async (trailCall) => organization.refuse(trailCall) ?? insights.answer(trailCall),
    readAs: organization.readAs,
    async amend(trailCall, answer) {
      const listed = await organization.amend(trailCall, answer);
      return status.amend(trailCall, insights.amend(trailCall.call.operation, listed));
    },
    setDelivery: status.setDelivery,
  };
}
