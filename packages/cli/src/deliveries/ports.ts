/** A dead-letter queue of the finding router. */
export interface DeadLetterQueue {
  readonly name: string;
  readonly url: string;
  /** Whose it is; `undelivered` for the one that queues in order share. */
  readonly function: string;
}

/** A message of a dead-letter queue, as it lies there. */
export interface HeldMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** ISO 8601. */
  readonly sentAt: string;
  readonly group?: string;
  /** Name of the queue that SQS moved it from. */
  readonly movedFrom?: string;
  /** Message attributes, as EventBridge sets them. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message on its way back. */
export interface SentBack {
  /** Name of the queue. */
  readonly queue: string;
  readonly body: string;
  /** Queues that keep an order only. */
  readonly group?: string;
  readonly deduplication?: string;
}

/** What the `deliveries` commands need from a deployment. */
export interface DeliveriesPorts {
  readonly stage: string;
  clock(): Date;
  /** @throws NotDeployedError where there is none. */
  queues(): Promise<readonly DeadLetterQueue[]>;
  /** At most ten messages, which nobody else sees for ten minutes; none when there is nothing more to see. */
  receive(queue: DeadLetterQueue): Promise<readonly HeldMessage[]>;
  /** Lets others see messages again. */
  release(queue: DeadLetterQueue, messages: readonly HeldMessage[]): Promise<void>;
  remove(queue: DeadLetterQueue, message: HeldMessage): Promise<void>;
  send(message: SentBack): Promise<void>;
}
