export { type Baseline, type Baselines, readBaseline } from './baseline.ts';
export { inOurWords } from './cloud-trail-errors.ts';
export { cloudTrailFinder } from './cloud-trail-finder.ts';
export { cloudTrailPorts } from './cloud-trail-ports.ts';
export { cloudTrailSettings } from './cloud-trail-settings.ts';
export { cloudTrailSwitch } from './cloud-trail-switch.ts';
export { diffTrail, type TrailDifference } from './diff-trail.ts';
export { canonical } from './narrowed-selectors.ts';
export type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  CloudTrailIn,
  EventSelector,
  TagChanges,
  TrailConfiguration,
  TrailFinder,
  TrailId,
  TrailPlace,
  TrailPorts,
  TrailSelectors,
  TrailSettings,
  TrailStatus,
  TrailStorage,
  TrailSwitch,
} from './ports.ts';
export {
  type RecreateTarget,
  readExistence,
  recreateTrail,
  type TrailExistence,
} from './recreate-trail.ts';
export { restartTrail } from './restart-trail.ts';
export { type RestoreTarget, restoreTrail } from './restore-trail.ts';
export { logsWriteManagementEvents } from './selector-coverage.ts';
export { sessionPolicy } from './session-policy.ts';
export { settableKinds } from './settable-kinds.ts';
export { trailOf } from './trail-name.ts';
