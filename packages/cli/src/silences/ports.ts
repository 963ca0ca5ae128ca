import type { Silence } from '@riposte/notifications';
import type { Clock } from '@riposte/responses';

/** A silence, and how often it was written. */
export interface StoredSilence {
  readonly silence: Silence;
  readonly version: number;
}

/** What the `silences` commands need from a deployment. */
export interface SilencesPorts {
  /** All that are kept: those that ended stay for thirty days. */
  silences(): Promise<readonly StoredSilence[]>;
  /** Writes a silence on condition that the stored one has the version before; false where somebody else was faster. */
  write(stored: StoredSilence): Promise<boolean>;
  /** ARN of whoever runs the command. */
  readonly caller: string;
  readonly stage: string;
  readonly clock: Clock;
}
