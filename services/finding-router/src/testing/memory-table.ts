import type { Change, Item, Key, Table, Versioned } from '../table.ts';

/** A table in memory. What is written goes through JSON, as a store's does. */
export class MemoryTable implements Table {
  readonly items = new Map<string, Item>();
  /** Runs once before the next conditional write: what another function does meanwhile. */
  meanwhile: (() => Promise<void>) | undefined;

  async get(key: Key): Promise<Item | undefined> {
    return this.items.get(nameOf(key));
  }

  async getAll(keys: readonly Key[]): Promise<readonly Item[]> {
    const found = await Promise.all(keys.map((key) => this.get(key)));
    return found.filter((item) => item !== undefined);
  }

  async put(key: Key, item: Item): Promise<void> {
    this.#write(key, item);
  }

  async remove(key: Key): Promise<void> {
    this.items.delete(nameOf(key));
  }

  async set(key: Key, members: Item, { onVersion, ifThere }: Change = {}): Promise<boolean> {
    const held = this.items.get(nameOf(key));
    if (ifThere && !held) return false;
    if (onVersion !== undefined && held?.version !== onVersion) return false;
    this.#write(key, { ...held, ...members });
    return true;
  }

  async putAll(items: readonly Versioned[]): Promise<boolean> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    const isStale = items.some(({ key, onVersion, orGone }) => {
      const held = this.items.get(nameOf(key));
      if (onVersion === undefined || (orGone && !held)) return false;
      return (held?.version ?? 0) !== onVersion;
    });
    if (isStale) return false;
    for (const { key, item } of items) this.#write(key, item);
    return true;
  }

  async query(pk: string): Promise<readonly Item[]> {
    const found = [...this.items.values()].filter((item) => item.pk === pk);
    return found.sort((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1));
  }

  async due(duePk: string, by: string, limit: number): Promise<readonly Item[]> {
    return [...this.items.values()]
      .filter((item) => item.duePk === duePk && String(item.dueAt) <= by)
      .sort((one, other) => (String(one.dueAt) < String(other.dueAt) ? -1 : 1))
      .slice(0, limit);
  }

  #write(key: Key, item: Item): void {
    const written: Item = JSON.parse(JSON.stringify({ ...item, ...key }));
    this.items.set(nameOf(key), written);
  }
}

function nameOf({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}
