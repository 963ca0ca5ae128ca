import type {
  Acknowledgement,
  AlertState,
  ChannelCounter,
  GroupState,
  InhibitorEntry,
  MarkedAlert,
  Silence,
} from '@riposte/notifications';
import type { QueuedMessage } from '../finding-state.ts';

/** A group with messages that were written and have perhaps not left yet. */
export interface StoredGroup {
  readonly group: GroupState;
  readonly outbox: readonly QueuedMessage[];
}

/** A counter of a channel, likewise. */
export interface StoredCounter {
  readonly counter: ChannelCounter;
  readonly outbox: readonly QueuedMessage[];
}

/** Something whose time has come. */
export type Due = { readonly group: string } | { readonly channel: string };

/** Groups of alerts and what decides about them, in the router's table. */
export interface GroupStore {
  /** The group that an alert is in. */
  groupOf(alertKey: string): Promise<string | undefined>;
  alert(groupKey: string, alertKey: string): Promise<AlertState | undefined>;
  alertsOf(groupKey: string): Promise<readonly AlertState[]>;
  /** Writes what the alert says. Marks and acknowledgement of an alert that is there already stay: others write them. */
  putAlert(alert: AlertState): Promise<void>;
  /** Notes in which group the alert is, as long as it lives. */
  place(alert: AlertState): Promise<void>;
  acknowledge(alert: AlertState, acknowledgement: Acknowledgement): Promise<void>;
  mark(marked: MarkedAlert): Promise<void>;
  group(key: string): Promise<StoredGroup | undefined>;
  /**
   * Writes a group, and counters with it, each on condition that it is as read: its version is one less. All of them or none.
   *
   * @throws StaleStateError
   */
  putGroup(stored: StoredGroup, counters?: readonly StoredCounter[]): Promise<void>;
  /** The outbox of this version has left. */
  groupSent(group: GroupState): Promise<void>;
  counter(channel: string): Promise<StoredCounter | undefined>;
  /** @throws StaleStateError */
  putCounter(stored: StoredCounter): Promise<void>;
  counterSent(counter: ChannelCounter): Promise<void>;
  silences(): Promise<readonly Silence[]>;
  /** @throws StaleStateError when somebody has changed it meanwhile. */
  putSilence(before: Silence | undefined, after: Silence): Promise<void>;
  inhibitors(keys: readonly string[]): Promise<readonly InhibitorEntry[]>;
  /** One entry an alert: the finding mutes others as long as one of its alerts is open. */
  putInhibitor(entry: InhibitorEntry, alertKey: string): Promise<void>;
  removeInhibitor(key: string, alertKey: string): Promise<void>;
  /** What is due by now, the oldest first. */
  dueBy(now: Date, limit: number): Promise<readonly Due[]>;
}

/** Wakes a function when a group's time comes. */
export interface Alarm {
  /** @param at ISO 8601. A time more than a quarter of an hour ahead is left to the schedule. */
  wake(groupKey: string, at: string): Promise<void>;
}
