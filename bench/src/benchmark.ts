import type { Machine } from './machine.ts';
import type { Measurement, Result } from './result.ts';

/** What a benchmark is given. */
export interface BenchContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes lines for whoever waits. */
  readonly onProgress: (line: string) => void;
}

/** One benchmark: measures Riposte beside its peers. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** Milliseconds after which it is given up. */
  readonly timeoutMs: number;
  /** @throws BenchError where something cannot be measured. */
  measure(context: BenchContext): Promise<readonly Measurement[]>;
}

/** The document of one benchmark. */
export interface BenchReport {
  readonly name: string;
  readonly machine: Machine;
  readonly results: readonly Result[];
}
