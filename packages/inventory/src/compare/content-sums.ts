import { FingerprintSet } from './fingerprint-set.ts';
import { freeBits } from './line-hash.ts';
import type { SideName } from './things.ts';

const firstSize = 1_024;
/** Numbers of a slot: the fingerprint, and the sum. */
const width = 4;
/** Where a thing was seen: bits of its fingerprint's upper half. Lines of it that cannot be read count for none of the two. */
const seen = { before: 1, after: 2, unreadable: 4 } as const;
const marks = freeBits;

/**
 * For each thing, the sum of what its lines say before, less the sum of what they say after, as hashes of 64 bits under a secret key: zero
 * where both say the same, in whatever order.
 */
export class ContentSums {
  /** Lines of things that had been seen on that side. */
  readonly repeated = { before: 0, after: 0 };
  #slots = new Int32Array(firstSize * width);
  #size = 0;

  /** Finds or makes the slot of a thing by the fingerprint of its identity, and marks that it was seen there. */
  slotOf(low: number, high: number, where: keyof typeof seen): number {
    if (this.#size * 5 > (this.#slots.length / width) * 3) this.#grow();
    const at = this.#find(low, high);
    const held = this.#slots[at + 1] ?? 0;
    if ((held & marks) === 0) this.#size++;
    if (where !== 'unreadable' && (held & seen[where]) !== 0) this.repeated[where]++;
    this.#slots[at] = low;
    this.#slots[at + 1] = high | (held & marks) | seen[where];
    return at;
  }

  /** Adds a hash of 64 bits to the sum of a slot, or takes it away. */
  add(side: SideName, at: number, low: number, high: number): void {
    const slots = this.#slots;
    const sumLow = (slots[at + 2] ?? 0) >>> 0;
    const sumHigh = slots[at + 3] ?? 0;
    if (side === 'before') {
      const sum = sumLow + (low >>> 0);
      slots[at + 2] = sum;
      slots[at + 3] = sumHigh + high + (sum > 0xffffffff ? 1 : 0);
    } else {
      slots[at + 2] = sumLow - (low >>> 0);
      slots[at + 3] = sumHigh - high - (sumLow < low >>> 0 ? 1 : 0);
    }
  }

  /** The things whose lines do not say the same, in sets of at most so many. */
  *differing(most: number): Generator<FingerprintSet> {
    let set = new FingerprintSet();
    let size = 0;
    for (let at = 0; at < this.#slots.length; at += width) {
      if (this.#slots[at + 2] === 0 && this.#slots[at + 3] === 0) continue;
      set.add(this.#slots[at] ?? 0, (this.#slots[at + 1] ?? 0) & ~marks);
      size++;
      if (size < most) continue;
      yield set;
      set = new FingerprintSet();
      size = 0;
    }
    if (size > 0) yield set;
  }

  #find(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = (low << 2) & mask; ; at = (at + width) & mask) {
      const held = slots[at + 1] ?? 0;
      if ((held & marks) === 0 || (slots[at] === low && (held & ~marks) === high)) return at;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += width) {
      const high = old[at + 1] ?? 0;
      if ((high & marks) === 0) continue;
      const free = this.#find(old[at] ?? 0, high & ~marks);
      this.#slots.set(old.subarray(at, at + width), free);
    }
  }
}
