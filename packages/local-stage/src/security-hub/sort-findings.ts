import type { HubFault } from './hub-fault.ts';
import { isObject, listOf, textOf, valuesAt } from './json.ts';
import type { JsonObject } from './types.ts';

interface SortRules {
  /** Where the field of a criterion lies. */
  readonly pathOf: (field: string) => readonly string[];
  /** Newest first by this path where no criterion is given. */
  readonly byDefault: readonly string[];
  readonly invalid: (parameter: string, problem: string) => HubFault;
}

/** Sorts by the criteria in their order; a finding without the field comes last. */
export function sortFindings(
  findings: readonly JsonObject[],
  criteria: unknown,
  { pathOf, byDefault, invalid }: SortRules,
): readonly JsonObject[] {
  const given = listOf(criteria).filter(isObject);
  const orders = given.map(({ Field, SortOrder }) => {
    const field = textOf(Field);
    if (!field) throw invalid('SortCriteria', "data should have required property 'Field'.");
    return { path: pathOf(field), descending: SortOrder === 'desc' };
  });
  const effective = orders.length > 0 ? orders : [{ path: byDefault, descending: true }];
  return findings.toSorted((left, right) => {
    for (const { path, descending } of effective) {
      const order = compare(valuesAt(left, path)[0], valuesAt(right, path)[0], descending);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compare(left: unknown, right: unknown, descending: boolean): number {
  if (left === undefined || right === undefined)
    return Number(left === undefined) - Number(right === undefined);
  const order =
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : compareText(String(left), String(right));
  return descending ? -order : order;
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
