export { cloudTrailRecord, type Document, home, roleSession } from './cloudtrail-record.ts';
export { type FakeRecords, fakeRecords } from './fake-records.ts';
export { type FakeSettings, fakeSettings } from './fake-settings.ts';
export { hostileFindings, hostileTexts, manyFindings } from './many-findings.ts';
export { claimedRecord, responseRecord } from './response-record.ts';
export {
  apiCallEvent,
  customActionEvent,
  eventBridgeEvent,
  guardDutyEvent,
  importedEvent,
  importedV2Event,
  insightResultsEvent,
} from './sample-events.ts';
export { asffFinding, findingId, guardDutyFinding, ocsfFinding } from './sample-findings.ts';
