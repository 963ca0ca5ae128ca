/** Runs something, and says how long it took. */
export async function timed<T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly milliseconds: number }> {
  const from = performance.now();
  const result = await run();
  return { result, milliseconds: Math.round(performance.now() - from) };
}

/** A duration in words. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
