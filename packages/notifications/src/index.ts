export type {
  Acknowledgement,
  Alert,
  AlertFacts,
  AlertMarks,
  AlertState,
  AlertStatus,
  Labels,
  MarkedAlert,
  Told,
} from './alert.ts';
export {
  InvalidDurationError,
  InvalidMatcherError,
  InvalidSilenceError,
  InvalidTimeIntervalError,
  NotificationError,
  UnknownChannelError,
} from './errors.ts';
export type {
  Change,
  EscalationStep,
  GroupMessage,
  GroupState,
  HeldBack,
  RoutePolicy,
  ToldFinding,
} from './group.ts';
export { type Hours, type Muted, mutedAt } from './muted.ts';
export { nextChange } from './next-change.ts';
export { holdsAt, parseTimeInterval } from './time-interval.ts';
