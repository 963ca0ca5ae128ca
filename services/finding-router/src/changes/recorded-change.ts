import type { ResponseRecord } from '@riposte/findings';
import type { ResponseRecords } from '@riposte/responses';

/** What the router changes itself, as response records call it. */
export type ChangeKind = 'resource-tagged' | 'automation-started';

/** Makes one API call, and notes it, with its error where it fails. */
export type Call = <T>(operation: string, run: () => Promise<T>) => Promise<T>;

/** What is read back after a change. */
export interface Proof {
  readonly verified: boolean;
  /** In words. */
  readonly evidence: string;
  readonly after: unknown;
  /** How to take it back, or why it cannot be. */
  readonly undo: ResponseRecord['undo'];
}

/** What would be done, as it stands in the record before the first write. */
export type Planned = Pick<ResponseRecord, 'plan' | 'before' | 'undo'> &
  Partial<Pick<ResponseRecord, 'approver'>>;

/** One change of one resource. Making it twice equals making it once. */
export interface RecordedChange {
  readonly kind: ChangeKind;
  readonly resource: ResponseRecord['resource'];
  /** Reads only. An empty plan: all is as wanted. */
  plan(): Promise<Planned>;
  /** Makes the change that a record plans, and reads back what came of it. */
  make(record: ResponseRecord, call: Call): Promise<Proof>;
}

/** What leaving records needs from the outside. */
export interface ChangePorts {
  readonly records: Pick<ResponseRecords, 'get' | 'claim' | 'conclude'>;
  readonly stage: string;
  clock(): Date;
}
