import type { PlannedChange } from '@riposte/findings';
import { ResourceGoneError } from '../errors.ts';
import type { Remediation } from '../remediation.ts';
import { diffTrail } from './diff-trail.ts';
import type { TrailConfiguration, TrailId, TrailPorts, TrailStatus } from './ports.ts';

/** A deleted trail and the settings that were approved for it. */
export interface RecreateTarget {
  readonly trail: TrailId;
  readonly approved: TrailConfiguration;
}

/** A trail that may not exist: as it was read. */
export interface TrailExistence {
  readonly exists: boolean;
  readonly configuration?: TrailConfiguration;
  readonly status?: TrailStatus;
}

/**
 * Creates a deleted trail again from its approved settings and starts it. Where a part was done before, it goes on from there.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export const recreateTrail: Remediation<RecreateTarget, TrailExistence, TrailPorts> = {
  id: 'cloudtrail/recreate-trail',
  title: 'Create a deleted CloudTrail trail again',
  risk: 'disruptive',
  iamActions: [
    'cloudtrail:CreateTrail',
    'cloudtrail:PutEventSelectors',
    'cloudtrail:PutInsightSelectors',
    'cloudtrail:AddTags',
    'cloudtrail:StartLogging',
    'cloudtrail:GetTrail',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
    'cloudtrail:GetInsightSelectors',
    'cloudtrail:ListTags',
  ],
  plan: ({ approved }, before) => (before.exists ? [] : planned(approved)),
  async apply({ trail, approved }, before, ports) {
    if (before.exists) return;
    if (!(await readExistence(trail, ports)).exists) await ports.create(trail, approved);
    await ports.putSelectors(trail, approved);
    if (approved.insightTypes.length > 0) await ports.putInsights(trail, approved.insightTypes);
    await ports.start(trail);
  },
  async verify({ trail, approved }, ports) {
    const state = await readExistence(trail, ports);
    const { configuration, status } = state;
    const left = configuration
      ? diffTrail(approved, configuration).filter(({ weaker }) => weaker)
      : [];
    const isLogging = status?.isLogging === true;
    const missing = left.map(({ what }) => what).join(', ');
    return {
      verified: state.exists && isLogging && left.length === 0,
      evidence: state.exists
        ? `GetTrailStatus: IsLogging ${isLogging}; ${missing ? `not as approved: ${missing}` : 'settings as approved'}`
        : 'GetTrail: the trail does not exist',
      state,
    };
  },
  async undo({ trail }, before, ports) {
    if (before.exists || !(await readExistence(trail, ports)).exists) return;
    await ports.remove(trail);
  },
};

/** Reads a trail that may not be there. */
export async function readExistence(trail: TrailId, ports: TrailPorts): Promise<TrailExistence> {
  try {
    const [configuration, status] = await Promise.all([ports.read(trail), ports.status(trail)]);
    return { exists: true, configuration, status };
  } catch (error) {
    if (error instanceof ResourceGoneError) return { exists: false };
    throw error;
  }
}

function planned(approved: TrailConfiguration): readonly PlannedChange[] {
  const change = (operation: string, what: string, after: unknown): PlannedChange => ({
    operation: `cloudtrail:${operation}`,
    what,
    before: undefined,
    after,
    reversible: true,
  });
  const { eventSelectors, advancedEventSelectors, insightTypes, ...settings } = approved;
  const selectors = advancedEventSelectors.length > 0 ? advancedEventSelectors : eventSelectors;
  return [
    change('CreateTrail', 'trail', settings),
    change('PutEventSelectors', 'event selectors', selectors),
    ...(insightTypes.length > 0 ? [change('PutInsightSelectors', 'Insights', insightTypes)] : []),
    change('StartLogging', 'logging', true),
  ];
}
