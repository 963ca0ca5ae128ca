import * as z from 'zod';
import { type AsffFieldKind, asffFields } from '../../evaluate/asff-fields.ts';
import type {
  AsffCriteria,
  AsffFilter,
  CompositeFilter,
  OcsfCriteria,
} from '../../model/condition.ts';
import { suggest } from '../suggest.ts';
import { asffValues, maxFilters } from './asff-fields.ts';
import { firstClash } from './clashes.ts';
import {
  asffStringFilter,
  booleanFilter,
  dateFilter,
  ipFilter,
  keywordFilter,
  mapFilter,
  numberFilter,
  ocsfStringFilter,
} from './filters.ts';
import { type OcsfKind, ocsfFields, ocsfValues } from './ocsf-fields.ts';
import { strict } from './values.ts';

const exact: ReadonlySet<string> = new Set(['EQUALS', 'NOT_EQUALS']);

function stringList(field: string) {
  const values = asffValues.get(field);
  return z
    .array(asffStringFilter)
    .min(1)
    .max(maxFilters(field))
    .superRefine((filters, context) => {
      refuseClash('string', filters, context);
      for (const [index, { Value, Comparison }] of filters.entries()) {
        if (!values || !exact.has(Comparison) || values.includes(Value)) continue;
        context.addIssue({
          code: 'custom',
          path: [index, 'Value'],
          message: `${field} is never ${JSON.stringify(Value)}: it is one of ${values.join(', ')}`,
          params: { suggestion: suggest(Value, values) },
        });
      }
    });
}

const listOf: Readonly<Record<AsffFieldKind, (field: string) => z.ZodType<readonly AsffFilter[]>>> =
  {
    text: stringList,
    number: (field) => z.array(numberFilter).min(1).max(maxFilters(field)),
    date: (field) => z.array(dateFilter).min(1).max(maxFilters(field)),
    map: (field) =>
      z
        .array(mapFilter)
        .min(1)
        .max(maxFilters(field))
        .superRefine((filters, context) => refuseClash('map', filters, context)),
    keyword: (field) => z.array(keywordFilter).min(1).max(maxFilters(field)),
  };

function refuseClash(
  kind: 'string' | 'map',
  filters: readonly { readonly Comparison: string }[],
  context: z.RefinementCtx,
): void {
  const clash = firstClash(kind, filters);
  if (clash)
    context.addIssue({ code: 'custom', path: [clash.index, 'Comparison'], message: clash.message });
}

const asffShape: Readonly<Record<string, z.ZodExactOptional<z.ZodType<readonly AsffFilter[]>>>> =
  Object.fromEntries(
    [...asffFields].map(([field, { kind }]) => [field, z.exactOptional(listOf[kind](field))]),
  );

/** Criteria of Security Hub CSPM's automation rules, with its own limits. */
export const asffCriteria: z.ZodType<AsffCriteria> = strict(asffShape).meta({
  id: 'AsffCriteria',
  description: 'Filters by ASFF field. All fields have to match.',
});

/** The other kind's list that does take the attribute. */
const listOfKind: Readonly<Record<OcsfKind, string>> = {
  string: 'StringFilters',
  date: 'DateFilters',
  number: 'NumberFilters',
  boolean: 'BooleanFilters',
  map: 'MapFilters',
  ip: 'IpFilters',
};

function ocsfList<T>(kind: OcsfKind, filter: z.ZodType<T>) {
  const fieldName = z.enum(ocsfFields[kind], {
    error: (issue) => (typeof issue.input === 'string' ? wrongField(issue.input) : undefined),
  });
  return z
    .array(strict({ FieldName: fieldName, Filter: filter }))
    .min(1)
    .max(20)
    .exactOptional();
}

/** Where an attribute of another kind belongs; a name that no kind has gets a suggestion instead. */
function wrongField(written: string): string | undefined {
  const other = (Object.keys(ocsfFields) as readonly OcsfKind[]).find((candidate) =>
    ocsfFields[candidate].includes(written),
  );
  return other === undefined ? undefined : `${written} belongs in ${listOfKind[other]}`;
}

const directFilters = {
  StringFilters: ocsfList('string', ocsfStringFilter),
  DateFilters: ocsfList('date', dateFilter),
  BooleanFilters: ocsfList('boolean', booleanFilter),
  NumberFilters: ocsfList('number', numberFilter),
  MapFilters: ocsfList('map', mapFilter),
  IpFilters: ocsfList('ip', ipFilter),
};

const operator = z.enum(['AND', 'OR']).exactOptional().describe('AND where it is absent.');

/** The third and last layer: it nests nothing. */
const innerComposite = strict({ ...directFilters, Operator: operator }).superRefine(
  refuseComposite,
);

const composite = strict({
  ...directFilters,
  NestedCompositeFilters: z.array(innerComposite).min(1).max(10).exactOptional(),
  Operator: operator,
}).superRefine(refuseComposite);

function refuseComposite(filters: CompositeFilter, context: z.RefinementCtx): void {
  if (Object.keys(filters).every((key) => key === 'Operator'))
    context.addIssue({ code: 'custom', message: 'a composite filter holds at least one filter' });
  for (const [index, { FieldName, Filter }] of (filters.StringFilters ?? []).entries()) {
    const values = ocsfValues.get(FieldName);
    if (!values || values.includes(Filter.Value) || !exact.has(Filter.Comparison)) continue;
    const meant = values.find((value) => value.toLowerCase() === Filter.Value.toLowerCase());
    if (meant === undefined) continue;
    context.addIssue({
      code: 'custom',
      path: ['StringFilters', index, 'Filter', 'Value'],
      message: `${FieldName} is never ${JSON.stringify(Filter.Value)}: case counts`,
      params: { suggestion: `did you mean ${meant}?` },
    });
  }
}

/** Criteria of Security Hub's automation rules over OCSF, with its own limits. */
export const ocsfCriteria: z.ZodType<OcsfCriteria> = strict({
  CompositeFilters: z.array(composite).min(1).max(10).exactOptional(),
  CompositeOperator: operator,
}).meta({ id: 'OcsfCriteria', description: 'Composite filters over OCSF attributes.' });
