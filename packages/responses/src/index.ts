export { type Conclusion, concludeWith } from './conclude-with.ts';
export { type Decision, decideMode, principalOf, type Question } from './decide-mode.ts';
export { DeliveryError, ResponseError, StaleRecordError, UnreadableRecordError } from './errors.ts';
export { evidenceKey, evidenceText, sha256 } from './evidence-object.ts';
export {
  createOutbox,
  type OutboxChannel,
  type OutboxPorts,
  type Sent,
  type Written,
} from './outbox.ts';
export type {
  ClaimResult,
  Clock,
  ListQuery,
  Mode,
  ResponseRecords,
  ServiceSettings,
  Settings,
  SwitchState,
} from './ports.ts';
export { type ParsedSettings, parseSettings } from './read-settings.ts';
export { type StoredForm, storedForm } from './stored-form.ts';
export { readStoredRecord } from './stored-record.ts';
