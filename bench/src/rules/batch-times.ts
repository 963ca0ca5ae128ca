/** One way of working on a batch. */
export interface BatchRun<TBatch> {
  /** Is not timed. */
  readonly prepare: (texts: readonly string[]) => TBatch;
  readonly run: (batch: TBatch) => void;
  readonly runsBefore?: number;
}

/**
 * Runs several ways in turns, batch by batch, and gives for each the sum of the shortest times of its batches: a batch is short, and on a
 * machine that does other work as well, the shortest of many runs is the one that nothing disturbed.
 *
 * @returns Milliseconds for all batches, in the order of the ways.
 */
export function batchTimes(
  batches: readonly (readonly string[])[],
  ways: readonly ((texts: readonly string[]) => number)[],
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): readonly number[] {
  const times = ways.map(() => batches.map((): number[] => []));
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const [at, texts] of batches.entries()) {
      for (const [way, time] of ways.entries()) {
        const taken = time(texts);
        if (round >= warmUps) times[way]?.[at]?.push(taken);
      }
    }
  }
  return times.map((ofWay) => ofWay.reduce((sum, ofBatch) => sum + Math.min(...ofBatch), 0));
}

/** Times a run, and not what it is prepared with, nor the runs before that which bring code and data into the processor's caches. */
export function timed<TBatch>({ prepare, run, runsBefore = 0 }: BatchRun<TBatch>) {
  return (texts: readonly string[]): number => {
    const batch = prepare(texts);
    for (let before = 0; before < runsBefore; before++) run(batch);
    const started = performance.now();
    run(batch);
    return performance.now() - started;
  };
}
