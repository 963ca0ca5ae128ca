import type { PlannedChange } from '@riposte/findings';

/** `safe` may run by itself; `disruptive` needs an approval or a maintenance window; `destructive` always a named approval. */
export type Risk = 'safe' | 'disruptive' | 'destructive';

/** What is read back after a change: the only proof of success. */
export interface Verification<TState> {
  readonly verified: boolean;
  /** What was read, in words. */
  readonly evidence: string;
  /** What was read. */
  readonly state: TState;
}

/**
 * One remediation: reads and plans, applies the plan, reads the state back, and takes the change back.
 * `apply` twice equals once; `plan` changes nothing, and is empty where nothing is to be done.
 *
 * @typeParam TTarget what is to be mended, and into what.
 * @typeParam TBefore the state as it was read; kept in the response record, so that `undo` can bring it back.
 */
export interface Remediation<TTarget, TBefore, TPorts> {
  readonly id: string;
  readonly title: string;
  readonly risk: Risk;
  /** IAM actions that it needs, for policies and documentation. */
  readonly iamActions: readonly string[];
  plan(target: TTarget, before: TBefore): readonly PlannedChange[];
  apply(target: TTarget, before: TBefore, ports: TPorts): Promise<void>;
  verify(target: TTarget, ports: TPorts): Promise<Verification<TBefore>>;
  undo(target: TTarget, before: TBefore, ports: TPorts): Promise<void>;
}
