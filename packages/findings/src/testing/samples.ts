// biome-ignore-all lint/style/noRestrictedImports: only tests import this file; the samples are shared with other workspaces
export {
  apiCallEvent,
  asffFinding,
  cloudTrailRecord,
  customActionEvent,
  eventBridgeEvent,
  findingId,
  guardDutyEvent,
  guardDutyFinding,
  importedEvent,
  importedV2Event,
  insightResultsEvent,
  ocsfFinding,
} from '@riposte/testing';
