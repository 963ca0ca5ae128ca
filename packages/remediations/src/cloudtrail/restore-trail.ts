import type { PlannedChange } from '@riposte/findings';
import type { Remediation } from '../remediation.ts';
import { diffTrail, type TrailDifference } from './diff-trail.ts';
import type { TagChanges, TrailConfiguration, TrailId, TrailSettings } from './ports.ts';

/** A trail and the settings that were approved for it. */
export interface RestoreTarget {
  readonly trail: TrailId;
  readonly approved: TrailConfiguration;
  /** Which differences are mended; those that are weaker where nothing is said. */
  readonly mend?: (difference: TrailDifference) => boolean;
}

/**
 * Brings back the approved settings of a trail, one call a kind of setting, and only what was changed for the worse.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
 */
export const restoreTrail: Remediation<RestoreTarget, TrailConfiguration, TrailSettings> = {
  id: 'cloudtrail/restore-trail',
  title: 'Restore the approved settings of a CloudTrail trail',
  risk: 'disruptive',
  iamActions: [
    'cloudtrail:GetTrail',
    'cloudtrail:GetEventSelectors',
    'cloudtrail:GetInsightSelectors',
    'cloudtrail:ListTags',
    'cloudtrail:UpdateTrail',
    'cloudtrail:PutEventSelectors',
    'cloudtrail:PutInsightSelectors',
    'cloudtrail:AddTags',
    'cloudtrail:RemoveTags',
  ],
  plan: (target, before) => changesOf(target, before).map(plannedChange),
  apply: ({ trail, approved, mend }, before, settings) =>
    write(
      {
        trail,
        changes: changesOf({ trail, approved, ...(mend && { mend }) }, before),
        wanted: approved,
        present: before,
      },
      settings,
    ),
  async verify(target, settings) {
    const state = await settings.read(target.trail);
    const left = changesOf(target, state);
    return {
      verified: left.length === 0,
      evidence:
        left.length === 0
          ? 'GetTrail, GetEventSelectors: as approved'
          : `still not as approved: ${left.map(({ what }) => what).join(', ')}`,
      state,
    };
  },
  async undo({ trail }, before, settings) {
    const present = await settings.read(trail);
    await write({ trail, changes: diffTrail(before, present), wanted: before, present }, settings);
  },
};

function changesOf(
  { approved, mend = ({ weaker }) => weaker }: RestoreTarget,
  current: TrailConfiguration,
): readonly TrailDifference[] {
  return diffTrail(approved, current).filter(mend);
}

function plannedChange({ setting, what, approved, current }: TrailDifference): PlannedChange {
  const operation = `cloudtrail:${operations[setting] ?? 'UpdateTrail'}`;
  return { operation, what, before: current, after: approved, reversible: true };
}

const operations: Readonly<Partial<Record<TrailDifference['setting'], string>>> = {
  selectors: 'PutEventSelectors',
  insightTypes: 'PutInsightSelectors',
  tags: 'AddTags',
};

interface Writing {
  readonly trail: TrailId;
  readonly changes: readonly TrailDifference[];
  readonly wanted: TrailConfiguration;
  readonly present: TrailConfiguration;
}

async function write(
  { trail, changes, wanted, present }: Writing,
  settings: TrailSettings,
): Promise<void> {
  const changed = new Set(changes.map(({ setting }) => setting));
  const updates = trailUpdates(changed, wanted);
  if (Object.keys(updates).length > 0) await settings.update(trail, updates);
  if (changed.has('selectors')) await settings.putSelectors(trail, wanted);
  if (changed.has('insightTypes')) await settings.putInsights(trail, wanted.insightTypes);
  if (changed.has('tags')) await settings.changeTags(trail, tagChanges(wanted, present));
}

/** An empty string takes a setting away that was not there before. CloudWatch Logs' group and role are only valid together. */
function trailUpdates(
  changed: ReadonlySet<TrailDifference['setting']>,
  wanted: TrailConfiguration,
): Partial<TrailConfiguration> {
  const isLogs = changed.has('cloudWatchLogsLogGroupArn') || changed.has('cloudWatchLogsRoleArn');
  return {
    ...(changed.has('isMultiRegionTrail') && { isMultiRegionTrail: wanted.isMultiRegionTrail }),
    ...(changed.has('includeGlobalServiceEvents') && {
      includeGlobalServiceEvents: wanted.includeGlobalServiceEvents,
    }),
    ...(changed.has('isOrganizationTrail') && { isOrganizationTrail: wanted.isOrganizationTrail }),
    ...(changed.has('logFileValidationEnabled') && {
      logFileValidationEnabled: wanted.logFileValidationEnabled,
    }),
    ...(changed.has('s3BucketName') && { s3BucketName: wanted.s3BucketName }),
    ...(changed.has('s3KeyPrefix') && { s3KeyPrefix: wanted.s3KeyPrefix ?? '' }),
    ...(changed.has('kmsKeyId') && { kmsKeyId: wanted.kmsKeyId ?? '' }),
    ...(changed.has('snsTopicName') && { snsTopicName: wanted.snsTopicName ?? '' }),
    ...(isLogs && {
      cloudWatchLogsLogGroupArn: wanted.cloudWatchLogsLogGroupArn ?? '',
      cloudWatchLogsRoleArn: wanted.cloudWatchLogsRoleArn ?? '',
    }),
  };
}

function tagChanges(wanted: TrailConfiguration, present: TrailConfiguration): TagChanges {
  const remove = Object.keys(present.tags).filter((key) => !Object.hasOwn(wanted.tags, key));
  return { set: wanted.tags, remove };
}
