/**
 * Does work on every item, so many at once: what each item needs has limits of its own, and all of them together take too long one after the
 * other. Work that must not stop the others catches its own errors.
 *
 * @param lanes how many items are worked on at once.
 */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}
