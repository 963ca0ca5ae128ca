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
