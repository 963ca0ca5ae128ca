import type { Finding } from '@riposte/findings';
import type { NotifiedFinding } from './delivery.ts';
import type { FindingLife } from './finding-life.ts';

/** Names of the queues that effects leave by. */
export type QueueName =
  | 'updates'
  | 'alerts'
  | 'jira'
  | 'servicenow'
  | 'actions'
  | 'evidence'
  | 'sns'
  | 'slack'
  | 'teams'
  | 'pagerduty'
  | 'webhook';

/** One message that is to leave. Sending it again with the same id is harmless. */
export interface QueuedMessage {
  readonly queue: QueueName;
  /** Deterministic. */
  readonly id: string;
  /** Messages of one group keep their order. */
  readonly group: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What was last done for one action of one rule. */
export interface DoneEffect {
  readonly kind: 'update' | 'notify' | 'ticket' | 'evidence' | 'action';
  /** The format of the copy that it was last done for: a finding may come in ASFF and in OCSF, and rules may look at one of them. */
  readonly format: Finding['format'];
  /** Of what the action looks at: it is done again when this has changed. */
  readonly fingerprint: string;
  readonly channel?: string;
  /** Key of the ticket or of the group of alerts. */
  readonly key?: string;
  /** Updates: the version that wrote it, so that an older one that comes late is known. */
  readonly version?: number;
  /** Alerts and tickets: not resolved yet. */
  readonly open?: boolean;
}

/** Times of a copy of a finding: of its own last update, and of the event that brought it. ISO 8601. */
export interface Seen {
  readonly updatedAt: string;
  readonly eventTime: string;
}

/** What the router remembers of one finding: an item of its table. */
export interface FindingState {
  /** `findingKey`. */
  readonly key: string;
  /** Counts the writes. */
  readonly version: number;
  /** By format: how new the copy was that was last looked at. What is older is not looked at any more. */
  readonly seen: Readonly<Partial<Record<Finding['format'], Seen>>>;
  readonly firstSeen: string;
  readonly life: FindingLife;
  readonly facts: NotifiedFinding;
  /** By rule, branch and action: `pack/name#0.1`. */
  readonly effects: Readonly<Record<string, DoneEffect>>;
  /** Written and perhaps not sent yet: a function that comes later sends it again. */
  readonly pending: readonly QueuedMessage[];
}

/** The router's memory. */
export interface FindingStates {
  read(keys: readonly string[]): Promise<ReadonlyMap<string, FindingState>>;
  /**
   * Writes a state on condition that the stored one is the version before (or none, for the first).
   *
   * @throws StaleStateError when somebody else was faster.
   */
  write(state: FindingState): Promise<void>;
  /** What was pending in this version has left. */
  sent(state: FindingState): Promise<void>;
}

/** Where messages leave. */
export interface Outlet {
  /** @throws OutletError when a queue did not take them all. */
  send(messages: readonly QueuedMessage[]): Promise<void>;
}
