import { cloudTrailFinder } from './cloud-trail-finder.ts';
import { cloudTrailSettings } from './cloud-trail-settings.ts';
import { cloudTrailSwitch } from './cloud-trail-switch.ts';
import type { CloudTrailIn, TrailPorts } from './ports.ts';

/**
 * Everything that remediations of trails need, on CloudTrail.
 *
 * @param clientIn gives the client for an account and Region.
 * @example
 * const trails = cloudTrailPorts(({ region }) => new CloudTrailClient({ region }));
 */
export function cloudTrailPorts(clientIn: CloudTrailIn): TrailPorts {
  return {
    ...cloudTrailSwitch(clientIn),
    ...cloudTrailSettings(clientIn),
    ...cloudTrailFinder(clientIn),
  };
}
