import type { Taker } from './values.ts';

/** Adds every text in a value, however deep, in lower case. Names of members are no texts. */
export function readKeywords(value: unknown, out: Taker<string>): void {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const here = open.pop();
    if (typeof here === 'string') out.add(here.toLowerCase());
    else if (Array.isArray(here)) for (const item of here) open.push(item);
    else if (typeof here === 'object' && here !== null)
      for (const item of Object.values(here)) open.push(item);
  }
}
