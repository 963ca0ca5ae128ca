export { acknowledgeGroup, type TakenOn } from './acknowledge-group.ts';
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
export { type Alerting, alertKey, alertOf } from './alert-of.ts';
export {
  type Admission,
  admit,
  type ChannelCounter,
  type Digest,
  digestDue,
} from './channel-counter.ts';
export { due, type Flush } from './due.ts';
export { parseDuration } from './duration.ts';
export type { Environment } from './environment.ts';
export {
  InvalidDurationError,
  InvalidMatcherError,
  InvalidSilenceError,
  InvalidTimeIntervalError,
  NotificationError,
  UnknownChannelError,
} from './errors.ts';
export { factsOf } from './facts-of.ts';
export { type Beside, fingerprintOf, usualChanges } from './fingerprint.ts';
export type {
  Change,
  EscalationStep,
  GroupMessage,
  GroupState,
  HeldBack,
  RoutePolicy,
  ToldFinding,
} from './group.ts';
export {
  type Inhibitable,
  type InhibitionKeys,
  type InhibitorEntry,
  type Inhibitors,
  inhibitedBy,
  inhibitionKeys,
  inhibitorsByKey,
  lookupsOf,
} from './inhibition.ts';
export { type AskingForLabels, labelNamesOf } from './label-names.ts';
export { labelsOf } from './labels-of.ts';
export { matches } from './matchers.ts';
export { type Hours, type Muted, mutedAt } from './muted.ts';
export { nextChange } from './next-change.ts';
export { policyOf } from './policy.ts';
export { acknowledge, type Known, type Received, receive, wake, withdraw } from './receive.ts';
export { type Route, routeOf } from './route.ts';
export {
  type RouteTrace,
  routeTrace,
  type TracedRoute,
  type TraceRequest,
  type TraceState,
  type WantedNotice,
} from './route-trace.ts';
export { routeTraceText } from './route-trace-text.ts';
export {
  expireSilence,
  isActive,
  type Silence,
  type SilenceRequest,
  silenceAfter,
  silencedBy,
  silenceOf,
} from './silence.ts';
export {
  readSilenceItem,
  type SilenceItem,
  silenceItem,
  silencePartition,
} from './silence-item.ts';
export { type Standing, standingOf } from './standing.ts';
export { holdsAt, parseTimeInterval } from './time-interval.ts';
export type { TraceEvent } from './trace-events.ts';
