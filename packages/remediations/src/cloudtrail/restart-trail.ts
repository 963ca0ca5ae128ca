import type { Remediation } from '../remediation.ts';
import type { TrailId, TrailStatus, TrailSwitch } from './ports.ts';

/**
 * Starts a stopped trail again. Safe: starting cannot hurt, and starting twice equals starting once.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html
 */
export const restartTrail: Remediation<TrailId, TrailStatus, TrailSwitch> = {
  id: 'cloudtrail/restart-trail',
  title: 'Start a stopped CloudTrail trail again',
  risk: 'safe',
  iamActions: ['cloudtrail:GetTrailStatus', 'cloudtrail:StartLogging'],
  plan: (_trail, before) =>
    before.isLogging
      ? []
      : [
          {
            operation: 'cloudtrail:StartLogging',
            what: 'logging',
            before: false,
            after: true,
            reversible: true,
          },
        ],
  apply: (trail, _before, trails) => trails.start(trail),
  async verify(trail, trails) {
    const state = await trails.status(trail);
    const { isLogging, startedAt, latestDeliveryError } = state;
    const since = startedAt ? ` since ${startedAt}` : '';
    const trouble = latestDeliveryError ? `; LatestDeliveryError ${latestDeliveryError}` : '';
    return {
      verified: isLogging,
      evidence: `GetTrailStatus: IsLogging ${isLogging}${since}${trouble}`,
      state,
    };
  },
  async undo(trail, before, trails) {
    if (!before.isLogging) await trails.stop(trail);
  },
};
