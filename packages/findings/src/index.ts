export { appendNote } from './append-note.ts';
export {
  type Arn,
  consoleDomain,
  formatArn,
  isArn,
  parseArn,
  partitionOfRegion,
  trailArn,
} from './arn.ts';
export type {
  AsffDraft,
  AsffDraftResource,
  AsffFinding,
  AsffLabel,
  AsffPartition,
  AsffResource,
} from './asff-draft.ts';
export { asffLabels } from './asff-draft.ts';
export { asffLimits } from './asff-limits.ts';
export { buildAsffFinding } from './build-asff-finding.ts';
export { digest } from './digest.ts';
export {
  FindingError,
  InvalidFindingError,
  MalformedArnError,
  MalformedEventError,
  MalformedFindingError,
  UnknownEventError,
} from './errors.ts';
export { cutText, escapeText, toAsciiSubject } from './escape-text.ts';
export { type Finding, type FindingResource, findingKey } from './finding.ts';
export { importBatches } from './import-batches.ts';
export { type ApiCallRecord, parseCloudTrailRecord } from './parse-api-call.ts';
export { parseAsffFinding } from './parse-asff-finding.ts';
export { parseCloudTrailRecords } from './parse-cloudtrail-records.ts';
export {
  type ApiCallEvent,
  type CustomActionEvent,
  type EventEnvelope,
  type FindingsEvent,
  type InsightResultsEvent,
  parseEvent,
  type RiposteEvent,
} from './parse-event.ts';
export { parseFinding } from './parse-finding.ts';
export { parseFindings } from './parse-findings.ts';
export { parseGuardDutyFinding } from './parse-guardduty-finding.ts';
export { parseOcsfFinding } from './parse-ocsf-finding.ts';
export { at, field, itemsOf, textOf, textsOf } from './read.ts';
export { recordId } from './record-id.ts';
export type {
  Actor,
  ApiCall,
  EvidencePointer,
  FindingRef,
  PlannedChange,
  ResponseEvent,
  ResponseMessage,
  ResponseRecord,
  ResponseStatus,
  TriggerPath,
  WholeRecord,
} from './response-record.ts';
export { responseRecorded } from './response-record.ts';
export {
  type Severity,
  severityFromAsff,
  severityFromGuardDuty,
  severityFromOcsf,
} from './severity.ts';
export { isCloudTrailLoggingDisabled, stoppedTrailsOf } from './stopped-trails.ts';
