const english = new Intl.NumberFormat('en-US');

/** A count as people read it: `10,000`. */
export function count(value: number): string {
  return english.format(value);
}

/**
 * A count with its noun, which takes an `s` where there is not one of it.
 *
 * @example
 * counted(1, 'finding'); // '1 finding'
 */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}
