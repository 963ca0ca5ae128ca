export { inOurWords } from './cloud-trail-errors.ts';
export { cloudTrailFinder } from './cloud-trail-finder.ts';
export type { CloudTrailIn, TrailPlace } from './cloud-trail-place.ts';
export { cloudTrailPorts } from './cloud-trail-ports.ts';
export { cloudTrailSwitch } from './cloud-trail-switch.ts';
export { restartTrail } from './restart-trail.ts';
export { trailOf } from './trail-name.ts';
export type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
  TagChanges,
  TrailConfiguration,
  TrailFinder,
  TrailId,
  TrailPorts,
  TrailSelectors,
  TrailSettings,
  TrailStatus,
  TrailSwitch,
} from './trail-ports.ts';
