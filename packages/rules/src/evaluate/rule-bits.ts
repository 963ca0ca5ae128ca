/** A set of rules by their place in the order, a bit each. */
export type RuleBits = Int32Array;

export function noRules(count: number): RuleBits {
  return new Int32Array(Math.ceil(count / 32));
}

export function addRule(bits: RuleBits, place: number): void {
  const word = place >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (place & 31));
}

export function addRules(bits: RuleBits, more: RuleBits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) | (more[word] ?? 0);
}

/** The first rule of the set from a place on; -1 where there is none. */
export function nextRule(bits: RuleBits, from: number): number {
  let mask = -1 << (from & 31);
  for (let word = from >>> 5; word < bits.length; word++) {
    const rest = (bits[word] ?? 0) & mask;
    if (rest !== 0) return word * 32 + 31 - Math.clz32(rest & -rest);
    mask = -1;
  }
  return -1;
}
