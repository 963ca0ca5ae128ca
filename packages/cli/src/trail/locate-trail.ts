import { FindingError } from '@riposte/findings';
import { type TrailId, trailOf } from '@riposte/remediations/cloudtrail';
import { InvalidOptionError, NotFoundError } from '../errors.ts';
import type { TrailCommandPorts } from './ports.ts';

/**
 * The trail that a name or ARN means, in its home Region.
 *
 * @throws InvalidOptionError where the ARN is of something else; NotFoundError where there is no such trail.
 */
export async function locateTrail(
  named: string,
  { trails, accountId, region }: TrailCommandPorts,
): Promise<TrailId> {
  const wanted = trailNamed(named, { accountId, region });
  const found = await trails.locate(wanted);
  if (found) return found;
  throw new NotFoundError(
    `there is no trail ${named} in account ${wanted.accountId}, ${wanted.region}`,
    'give its ARN, or its home Region with --region; all trails: aws cloudtrail list-trails',
  );
}

/** The trail that a name or ARN means, without asking AWS. */
export function trailNamed(
  named: string,
  here: { readonly accountId: string; readonly region: string },
): TrailId {
  try {
    return trailOf(named, here);
  } catch (cause) {
    if (!(cause instanceof FindingError)) throw cause;
    const problem = `${JSON.stringify(named)} is not the name or ARN of a trail`;
    throw new InvalidOptionError('trail', problem, 'e.g. main, or its ARN', { cause });
  }
}
