import type { AccountRegion } from '../types.ts';

/** An event as a bus carries it. */
export interface ServiceEvent {
  readonly version?: string;
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

export interface DeliverOptions {
  /** Whose bus; the event's own account when absent. */
  readonly accountId?: string;
  /** The bus' Region; the event's own when absent. */
  readonly region?: string;
  /** The bus; `default` when absent. */
  readonly bus?: string;
  /** Further copies, as at-least-once delivery may send. */
  readonly duplicates?: number;
  /** Milliseconds before the first copy is delivered. */
  readonly delayMs?: number;
  /** Delivers an API-call event even where no trail logs it. */
  readonly always?: boolean;
}

/** For many events at once. */
export interface DeliverManyOptions extends Pick<DeliverOptions, 'always'> {
  /** From 0 to 1: how many events arrive twice. */
  readonly duplicateRatio?: number;
  /** Events and copies arrive in another order. */
  readonly reorder?: boolean;
  /** At most this many at once; 16 when absent. */
  readonly concurrency?: number;
  /** Each copy waits up to this many milliseconds. */
  readonly delayMs?: number;
  /** The same seed gives the same order, duplicates and delays. */
  readonly seed?: number;
}

export type TargetOutcome =
  | 'delivered'
  /** The target could not be reached; the event is in its dead-letter queue. */
  | 'dead-lettered'
  /** The target could not be reached and has no dead-letter queue, so that AWS drops the event. */
  | 'dropped'
  /** A kind of target that the stage does not play, with a note. */
  | 'ignored';

/** Where one copy of an event went. */
export interface TargetDelivery {
  readonly ruleArn: string;
  readonly targetId: string;
  readonly targetArn: string;
  readonly outcome: TargetOutcome;
  readonly attempts: number;
  readonly note?: string;
}

export interface DeliveryReport {
  readonly eventId: string;
  /** Why AWS would not have sent it; nothing was delivered then. */
  readonly withheld?: string;
  /** Names of the rules that matched. */
  readonly matched: readonly string[];
  readonly targets: readonly TargetDelivery[];
}

export interface DeliveryApi {
  /**
   * Delivers the event of a service, as AWS would: every enabled rule of the bus is asked, and matching targets get it.
   *
   * @example
   * const { matched } = await stage.deliver(event, { duplicates: 1 });
   */
  deliver(event: unknown, options?: DeliverOptions): Promise<DeliveryReport>;
  /** Delivers many, with duplicates, delays and in another order if asked to. */
  deliverMany(
    events: readonly unknown[],
    options?: DeliverManyOptions,
  ): Promise<readonly DeliveryReport[]>;
}

export type Where = AccountRegion;
