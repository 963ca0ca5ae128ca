import type { Benchmark } from './benchmark.ts';
import { guard } from './guard/guard.ts';
import { rules } from './rules/rules.ts';

/** Every benchmark, in the order in which all are run. */
export const benchmarks: readonly Benchmark[] = [guard, rules];
