import type { BenchContext, Benchmark, BenchReport } from './benchmark.ts';
import { BenchError, exitCodes, NotMeasuredError } from './errors.ts';
import { thisMachine } from './machine.ts';
import { parseArguments } from './parse-arguments.ts';
import { judge } from './result.ts';
import { tableOf } from './table.ts';

/** What the command line runs on. */
export interface BenchDependencies extends BenchContext {
  readonly benchmarks: readonly Benchmark[];
  /** Results, and nothing else. */
  readonly print: (text: string) => void;
}

/**
 * Runs the benchmarks that the command line names, one after the other, and prints a table of each; with `--json` one document a line.
 *
 * @returns The exit status.
 */
export async function runBenchmarks(
  given: readonly string[],
  { benchmarks, print, ...context }: BenchDependencies,
): Promise<number> {
  try {
    const known = benchmarks.map(({ name }) => name);
    const { names, json } = parseArguments(given, known);
    let isKept = true;
    for (const benchmark of benchmarks.filter(({ name }) => names.includes(name))) {
      const report = await reportOf(benchmark, context);
      print(json ? JSON.stringify(report) : tableOf(report));
      isKept &&= report.results.every(({ ok }) => ok);
    }
    return isKept ? exitCodes.done : exitCodes.failed;
  } catch (error) {
    context.onProgress(inWords(error));
    return error instanceof BenchError ? error.exitCode : exitCodes.failed;
  }
}

function inWords(error: unknown): string {
  if (error instanceof BenchError) return `${error.message}\n${error.remedy}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function reportOf(benchmark: Benchmark, context: BenchContext): Promise<BenchReport> {
  context.onProgress(`${benchmark.name}: ${benchmark.title}`);
  const measured = await inTime(benchmark, benchmark.measure(context));
  return { name: benchmark.name, machine: thisMachine(), results: measured.map(judge) };
}

async function inTime<T>({ name, timeoutMs }: Benchmark, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new NotMeasuredError(
      `${name} took longer than ${timeoutMs / 60_000} minutes`,
      'is the machine busy with something else?',
    );
    timer = setTimeout(() => reject(error), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
