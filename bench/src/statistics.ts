/**
 * The middle value; between the two middle ones where their number is even.
 *
 * @throws RangeError without values.
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new RangeError('median of no values');
  return (low + high) / 2;
}

/** Measures one run, e.g. in milliseconds. */
export type Run = () => Promise<number>;

/** What was measured of both, in the order of the rounds. */
export interface Pair<T> {
  readonly ours: T;
  readonly peer: T;
}

/**
 * Runs both in turns and gives the medians. Who is first changes with every round, so that drift, caches and neighbours on the machine hit
 * both alike.
 *
 * @param warmUps rounds before those that count.
 * @example
 * const { ours, peer } = await interleaved({ ours: runOurs, peer: runTheirs }, { rounds: 9 });
 */
export async function interleaved(
  runs: Pair<Run>,
  { rounds, warmUps = 1 }: { readonly rounds: number; readonly warmUps?: number },
): Promise<Pair<number>> {
  const ours: number[] = [];
  const peer: number[] = [];
  const turns = [
    async () => ours.push(await runs.ours()),
    async () => peer.push(await runs.peer()),
  ];
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  return { ours: median(ours.slice(warmUps)), peer: median(peer.slice(warmUps)) };
}
