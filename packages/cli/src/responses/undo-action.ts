import type { TrailPorts } from '@riposte/remediations/cloudtrail';
import type { ResourceTags } from '@riposte/remediations/tagging';

/** What responses are taken back with, in the account and Region of their resource. */
export interface UndoMeans {
  readonly trails: TrailPorts;
  readonly tags: ResourceTags;
  /** Waits so many milliseconds. */
  pause(ms: number): Promise<void>;
}

/** How one kind of response is taken back. */
export interface UndoAction {
  /** Steps in words, as people confirm them; none where the state that they would bring about is there already. */
  plan(means: UndoMeans): Promise<readonly string[]>;
  /** What it means when the change is gone: said loudly. */
  readonly consequences: readonly string[];
  /** API operations that it makes, for the record. */
  readonly operations: readonly string[];
  /** Words of the message's subject. */
  readonly done: string;
  apply(means: UndoMeans): Promise<void>;
  verify(means: UndoMeans): Promise<{ readonly verified: boolean; readonly evidence: string }>;
}
