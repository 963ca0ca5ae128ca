import { ResourceGoneError } from '@riposte/remediations';
import { type Baseline, diffTrail, type TrailDifference } from '@riposte/remediations/cloudtrail';
import { NotFoundError } from '../errors.ts';
import { differencesText } from './differences.ts';
import { trailNamed } from './locate-trail.ts';
import type { TrailCommandPorts } from './ports.ts';

/** How a trail stands against its approved baseline. */
export interface TrailDrift {
  readonly trail: string;
  readonly version: number;
  readonly approvedAt: string;
  readonly isGone: boolean;
  readonly differences: readonly TrailDifference[];
}

/**
 * Compares trails with their approved baselines.
 *
 * @param named one trail's name or ARN; all approved ones when absent.
 * @throws NotFoundError where nothing is approved.
 */
export async function diffTrails(
  named: string | undefined,
  ports: TrailCommandPorts,
): Promise<readonly TrailDrift[]> {
  const baselines = await approvedOnes(named, ports);
  return Promise.all(baselines.map((baseline) => driftOf(baseline, ports)));
}

/** Baselines of one trail, or of all. A trail that is gone has one too, so that AWS is not asked for it. */
async function approvedOnes(
  named: string | undefined,
  { baselines, accountId, region }: TrailCommandPorts,
): Promise<readonly Baseline[]> {
  const all = await baselines.all();
  const wanted = named === undefined ? undefined : trailNamed(named, { accountId, region });
  const found = all.filter(
    ({ trail }) => !wanted || trail.arn === wanted.arn || trail.name === named,
  );
  if (found.length > 0) return found;
  throw new NotFoundError(
    named === undefined
      ? 'no trail has an approved baseline'
      : `trail ${named} has no approved baseline`,
    'approve one: riposte trail approve NAME --reason "why"',
  );
}

async function driftOf(
  { trail, version, approvedAt, configuration }: Baseline,
  { trails }: TrailCommandPorts,
): Promise<TrailDrift> {
  const known = { trail: trail.arn, version, approvedAt };
  try {
    const differences = diffTrail(configuration, await trails.read(trail));
    return { ...known, isGone: false, differences };
  } catch (error) {
    if (!(error instanceof ResourceGoneError)) throw error;
    return { ...known, isGone: true, differences: [] };
  }
}

/** True where a trail is not as approved. */
export function isDrifted({ isGone, differences }: TrailDrift): boolean {
  return isGone || differences.length > 0;
}

/** Drift as people read it. */
export function driftText(drifts: readonly TrailDrift[]): string {
  return drifts
    .flatMap((drift) => {
      const { trail, version, isGone, differences } = drift;
      const state = isGone ? 'GONE' : isDrifted(drift) ? 'differs from' : 'as approved in';
      return [`${trail}: ${state} version ${version}`, ...differencesText(differences)];
    })
    .join('\n');
}
