/** Runs something for every item, so many at once, and waits for all. */
export async function mapLimit<TItem>(
  items: readonly TItem[],
  atOnce: number,
  run: (item: TItem) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
