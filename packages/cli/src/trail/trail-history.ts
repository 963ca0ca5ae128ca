import { escapeText } from '@riposte/findings';
import { type Baseline, diffTrail } from '@riposte/remediations/cloudtrail';
import { NotFoundError } from '../errors.ts';
import { differencesText } from './differences.ts';
import { trailNamed } from './locate-trail.ts';
import type { TrailCommandPorts } from './ports.ts';

/**
 * Every approved version of a trail, oldest first.
 *
 * @throws NotFoundError where none was approved.
 */
export async function trailHistory(
  named: string,
  { baselines, accountId, region }: TrailCommandPorts,
): Promise<readonly Baseline[]> {
  const { arn } = trailNamed(named, { accountId, region });
  const versions = await baselines.history(arn);
  if (versions.length > 0) return versions;
  throw new NotFoundError(
    `trail ${arn} has no approved baseline`,
    'approve one: riposte trail approve NAME --reason "why"; or give the ARN, or --region',
  );
}

/** Versions as people read them, each with what it changed. */
export function historyText(versions: readonly Baseline[]): string {
  return versions
    .flatMap(({ version, approvedAt, approvedBy, reason, configuration }, index) => {
      const before = versions[index - 1];
      const changes = before ? diffTrail(before.configuration, configuration) : [];
      return [
        `version ${version}  ${approvedAt}  ${escapeText(approvedBy, 200)}`,
        `  reason: ${escapeText(reason, 300)}`,
        ...differencesText(changes),
      ];
    })
    .join('\n');
}
