export { acknowledgeGroup } from './acknowledge-group.ts';
export type {
  Acknowledgement,
  Alert,
  AlertFacts,
  AlertMarks,
  AlertState,
  AlertStatus,
  Labels,
  MarkedAlert,
} from './alert.ts';
export { alertKey, alertOf } from './alert-of.ts';
export { type ChannelCounter, digestDue } from './channel-counter.ts';
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
  UnreadableItemError,
} from './errors.ts';
export { factsOf } from './facts-of.ts';
export { fingerprintOf, usualChanges } from './fingerprint.ts';
export type { Change, GroupMessage, GroupState, HeldBack } from './group.ts';
export {
  alertMembers,
  expirySeconds,
  type GroupItem,
  groupItemKeys,
  markMembers,
  readAlertItem,
  readCounterItem,
  readGroupItem,
  readInhibitorItem,
  readPlaceItem,
} from './group-item.ts';
export {
  type InhibitorEntry,
  inhibitedBy,
  inhibitionKeys,
  inhibitorsByKey,
  lookupsOf,
} from './inhibition.ts';
export { labelNamesOf } from './label-names.ts';
export { labelsOf } from './labels-of.ts';
export { matches } from './matchers.ts';
export { type DatedFacts, notifiedFinding } from './notified-finding.ts';
export { messageOrder, orderGroup, ticketOrder } from './order-group.ts';
export { acknowledge, receive, wake, withdraw } from './receive.ts';
export { type Route, routeOf } from './route.ts';
export {
  type Arrival,
  arrivalsOf,
  type RouteTrace,
  routeTrace,
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
export { readSilenceItem, silenceItem, silencePartition } from './silence-item.ts';
export { type Standing, standingOf } from './standing.ts';
