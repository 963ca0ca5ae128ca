import type { DoctorPorts } from './ports.ts';

/** `ok`; `missing`: not as it has to be; `unknown`: could not be read. */
export type CheckStatus = 'ok' | 'missing' | 'unknown';

/** What one check found out about one thing. */
export interface CheckResult {
  readonly check: string;
  readonly status: CheckStatus;
  /** What was found, in one line. */
  readonly what: string;
  /** How to mend it, in one line; on what is not `ok`. */
  readonly mend?: string;
}

/** A result before its check is written on it. */
export type Found = Omit<CheckResult, 'check'>;

/** One thing that a deployment needs. */
export interface Check {
  readonly name: string;
  /** IAM actions that it reads with, for those who may not. */
  readonly reads: readonly string[];
  run(ports: DoctorPorts): Promise<readonly Found[]>;
}

/** As it has to be. */
export function ok(what: string): Found {
  return { status: 'ok', what };
}

/** Not as it has to be, and how to mend it. */
export function missing(what: string, mend: string): Found {
  return { status: 'missing', what, mend };
}

/** Not read, and how it can be. */
export function unknown(what: string, mend: string): Found {
  return { status: 'unknown', what, mend };
}
