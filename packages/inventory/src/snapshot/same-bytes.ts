/**
 * Whether so many bytes are equal, eight at a time as floating-point numbers: the engine compares those without allocating, and at any
 * address. What it calls equal is equal wherever there are no zero bytes; what is no number is told to differ.
 */
export function sameBytes(
  one: DataView,
  at: number,
  other: DataView,
  otherAt: number,
  length: number,
): boolean {
  const last = length - 8;
  if (last < 0) return sameFewBytes(one, at, other, otherAt, length);
  for (let next = 0; next < last; next += 8) {
    if (one.getFloat64(at + next, true) !== other.getFloat64(otherAt + next, true)) return false;
  }
  return one.getFloat64(at + last, true) === other.getFloat64(otherAt + last, true);
}

function sameFewBytes(
  one: DataView,
  at: number,
  other: DataView,
  otherAt: number,
  length: number,
): boolean {
  for (let next = 0; next < length; next++) {
    if (one.getUint8(at + next) !== other.getUint8(otherAt + next)) return false;
  }
  return true;
}
