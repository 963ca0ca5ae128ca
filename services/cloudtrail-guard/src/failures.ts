import { isPermanent } from '@riposte/lambda';

/** Throws the failure that matters most, if any: one that a retry can mend comes before one that it cannot. */
export function throwWorst(failures: readonly unknown[]): void {
  if (failures.length === 0) return;
  throw failures.find((failure) => !isPermanent(failure)) ?? failures[0];
}
