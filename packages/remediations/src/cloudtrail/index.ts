export { inOurWords } from './cloud-trail-errors.ts';
export { type CloudTrailFor, cloudTrailSwitch } from './cloud-trail-switch.ts';
export { restartTrail } from './restart-trail.ts';
export { trailOf } from './trail-name.ts';
export type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
  TrailConfiguration,
  TrailId,
  TrailSettings,
  TrailStatus,
  TrailSwitch,
} from './trail-ports.ts';
