/** Something that is done for one inventory. */
interface OfInventory {
  readonly id: string;
}

/** What was done, and what was answered: once for all, or for each. */
export interface Together<T, R> {
  readonly done: readonly T[];
  readonly answers: readonly R[];
}

/**
 * Makes one call for several inventories. Where it fails, it is made for each of them alone, so that one that cannot be dealt with keeps
 * no other from it; whose own call fails, too, is told in `failures`.
 */
export async function together<T extends OfInventory, R>(
  items: readonly T[],
  failures: Map<string, unknown>,
  call: (items: readonly T[]) => Promise<R>,
): Promise<Together<T, R>> {
  if (items.length === 0) return { done: [], answers: [] };
  try {
    return { done: items, answers: [await call(items)] };
  } catch (error) {
    const [only] = items;
    if (only && items.length === 1) {
      failures.set(only.id, error);
      return { done: [], answers: [] };
    }
  }
  const done: T[] = [];
  const answers: R[] = [];
  for (const item of items) {
    const single = await together([item], failures, call);
    done.push(...single.done);
    answers.push(...single.answers);
  }
  return { done, answers };
}
