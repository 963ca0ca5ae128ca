import { describe, expect, it } from '@jest/globals';
import type { Benchmark } from './benchmark.ts';
import { MissingPeerError } from './errors.ts';
import type { Measurement } from './result.ts';
import { runBenchmarks } from './run-benchmarks.ts';

const kept: Measurement = { case: 'others', unit: 'calls', ours: 0, limit: 0 };
const missed: Measurement = { case: 'others', unit: 'calls', ours: 1, limit: 0 };

function benchmark(name: string, measure: Benchmark['measure'], timeoutMs = 5_000): Benchmark {
  return { name, title: `measures ${name}`, timeoutMs, measure };
}

async function run(given: readonly string[], ...benchmarks: readonly Benchmark[]) {
  const printed: string[] = [];
  const progress: string[] = [];
  const status = await runBenchmarks(given, {
    benchmarks,
    env: {},
    print: (text) => printed.push(text),
    onProgress: (line) => progress.push(line),
  });
  return { status, printed, progress: progress.join('\n') };
}

describe('runBenchmarks', () => {
  it('ends with 0 where every limit is kept', async () => {
    const { status, printed } = await run(
      [],
      benchmark('guard', async () => [kept]),
    );
    expect(status).toBe(0);
    expect(printed[0]).toContain('all 1 limits are kept');
  });

  it('ends with 1 where one limit of one benchmark is missed', async () => {
    const { status, printed } = await run(
      [],
      benchmark('guard', async () => [kept, missed]),
      benchmark('router', async () => [kept]),
    );
    expect(status).toBe(1);
    expect(printed).toHaveLength(2);
  });

  it('prints one document a benchmark with --json, and nothing else', async () => {
    const { printed } = await run(
      ['--json'],
      benchmark('guard', async () => [kept]),
      benchmark('router', async () => [missed]),
    );
    expect(printed.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ name: 'guard', results: [expect.objectContaining({ ok: true })] }),
      expect.objectContaining({
        name: 'router',
        results: [expect.objectContaining({ ok: false })],
        machine: expect.objectContaining({ cores: expect.any(Number), node: process.version }),
      }),
    ]);
  });

  it('runs only what is named', async () => {
    const { printed } = await run(
      ['router', '--json'],
      benchmark('guard', async () => [missed]),
      benchmark('router', async () => [kept]),
    );
    expect(printed.map((line) => JSON.parse(line).name)).toEqual(['router']);
  });

  it('runs nothing for a typo, and lists the names', async () => {
    const { status, printed, progress } = await run(
      ['gaurd'],
      benchmark('guard', async () => []),
    );
    expect(status).toBe(2);
    expect(printed).toEqual([]);
    expect(progress).toContain('benchmarks: guard');
  });

  it('makes no row up where a peer is missing: it says so and ends with 1', async () => {
    const { status, printed, progress } = await run(
      ['--json'],
      benchmark('guard', () => Promise.reject(new MissingPeerError('no peer', 'install it'))),
    );
    expect(status).toBe(1);
    expect(printed).toEqual([]);
    expect(progress).toContain('no peer\ninstall it');
  });

  it('gives up a benchmark that takes too long', async () => {
    const never = benchmark('guard', () => new Promise(() => undefined), 20);
    const { status, progress } = await run([], never);
    expect(status).toBe(1);
    expect(progress).toContain('guard took longer');
  });
});
