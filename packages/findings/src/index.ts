export type {
  Actor,
  ApiCall,
  FindingRef,
  PlannedChange,
  ResponseMessage,
  ResponseRecord,
  ResponseStatus,
  TriggerPath,
} from './response-record.ts';
export { responseRecorded } from './response-record.ts';
