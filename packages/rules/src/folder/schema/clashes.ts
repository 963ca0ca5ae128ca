const texts = {
  // Each operator with those that its field takes beside it.
  EQUALS: ['EQUALS', 'PREFIX'],
  PREFIX: ['EQUALS', 'PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS'],
  CONTAINS: ['CONTAINS'],
  NOT_EQUALS: ['PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS'],
  PREFIX_NOT_EQUALS: ['PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS'],
  NOT_CONTAINS: ['NOT_CONTAINS'],
} as const;

const maps = {
  EQUALS: ['EQUALS', 'CONTAINS', 'NOT_CONTAINS'],
  CONTAINS: ['CONTAINS', 'EQUALS', 'NOT_EQUALS'],
  NOT_EQUALS: ['NOT_EQUALS', 'NOT_CONTAINS', 'CONTAINS'],
  NOT_CONTAINS: ['NOT_CONTAINS', 'NOT_EQUALS', 'EQUALS'],
} as const;

const allowed: Readonly<Record<'string' | 'map', ReadonlyMap<string, readonly string[]>>> = {
  string: new Map<string, readonly string[]>(Object.entries(texts)),
  map: new Map<string, readonly string[]>(Object.entries(maps)),
};

/** Two filters of one field that Security Hub refuses together. */
export interface Clash {
  /** Position of the second one. */
  readonly index: number;
  readonly message: string;
}

/**
 * The first pair of operators that Security Hub refuses on one field.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_MapFilter.html
 */
export function firstClash(
  kind: 'string' | 'map',
  filters: readonly { readonly Comparison: string }[],
): Clash | undefined {
  for (const [index, { Comparison }] of filters.entries()) {
    const beside = filters
      .slice(0, index)
      .find((earlier) => !allowed[kind].get(earlier.Comparison)?.includes(Comparison));
    if (beside !== undefined) return { index, message: clashText(beside.Comparison, Comparison) };
  }
  return undefined;
}

function clashText(one: string, other: string): string {
  return `${other} cannot stand beside ${one} on the same field: Security Hub refuses it; use two conditions under all or any`;
}
