import { escapeText } from '@riposte/findings';
import { logger, measure } from '@riposte/lambda';
import type { Observation } from './tell-problems.ts';

/** One part of the watch; resolves with what it came to, for the log. */
export interface Step {
  readonly name: string;
  run(): Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Looks at all that keeps nodes from being watched. A part that fails stops no other; the first failure is thrown at the end, so that the run
 * counts as failed and people hear of it.
 */
export async function watchCoverage(steps: readonly Step[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { name, run } of steps) {
    try {
      logger.info('watched', { step: name, ...(await run()) });
    } catch (failure) {
      failures.push(failure);
      const reason = failure instanceof Error ? `${failure.name}: ${failure.message}` : 'unknown';
      logger.error('a part of the watch failed', { step: name, reason: escapeText(reason, 300) });
    }
  }
  measure({ name: 'CoverageHeartbeat', value: 1, unit: 'Count' });
  if (failures.length > 0) throw failures[0];
}

/** A part that sees problems, which are then told. */
export function observing(
  name: string,
  observe: () => Promise<Observation & { readonly isWhole?: boolean }>,
  tell: (observation: Observation) => Promise<number>,
): Step {
  return {
    name,
    async run() {
      const observation = await observe();
      const told = await tell(observation);
      return { found: observation.found.length, told, isWhole: observation.isWhole ?? true };
    },
  };
}
