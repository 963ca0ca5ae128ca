const firstSize = 1_024;
/** The sign of a fingerprint's upper half is not part of it: it says that the fingerprint was added again. */
const again = 0x80000000 | 0;
const rest = 0x7fffffff;

/** How often a fingerprint was added. */
export type Times = 'never' | 'once' | 'repeatedly';

/** Fingerprints of 63 bits, eight bytes each, at most two thirds full. */
export class FingerprintSet {
  #slots = new Int32Array(firstSize * 2);
  #size = 0;

  /** @returns false where it is there already. */
  add(low: number, high: number): boolean {
    const slots = this.#slots;
    const found = this.#find(low, high);
    if (slots[found] !== 0 || slots[found + 1] !== 0) {
      slots[found + 1] = (slots[found + 1] ?? 0) | again;
      return false;
    }
    slots[found] = low;
    slots[found + 1] = upper(low, high);
    this.#size++;
    if (this.#size * 3 > slots.length) this.#grow();
    return true;
  }

  times(low: number, high: number): Times {
    const found = this.#find(low, high);
    if (this.#slots[found] === 0 && this.#slots[found + 1] === 0) return 'never';
    return (this.#slots[found + 1] ?? 0) < 0 ? 'repeatedly' : 'once';
  }

  has(low: number, high: number): boolean {
    const found = this.#find(low, high);
    return this.#slots[found] !== 0 || this.#slots[found + 1] !== 0;
  }

  /** Where it stands, or the free slot for it. */
  #find(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const sought = upper(low, high);
    for (let at = (low << 1) & mask; ; at = (at + 2) & mask) {
      const held = slots[at + 1] ?? 0;
      if (slots[at] === low && (held & rest) === sought) return at;
      if (held === 0 && slots[at] === 0) return at;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at] ?? 0;
      const high = old[at + 1] ?? 0;
      if (low === 0 && high === 0) continue;
      const free = this.#find(low, high);
      this.#slots[free] = low;
      this.#slots[free + 1] = high;
    }
  }
}

/** Never zero in both halves: that is a free slot. */
function upper(low: number, high: number): number {
  const kept = high & rest;
  return low === 0 && kept === 0 ? 1 : kept;
}
