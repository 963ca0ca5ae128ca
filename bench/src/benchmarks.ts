import type { Benchmark } from './benchmark.ts';
import { guard } from './guard/guard.ts';

/** Every benchmark, in the order in which all are run. */
export const benchmarks: readonly Benchmark[] = [guard];
