import * as z from 'zod';
import { moment, strict } from './values.ts';

/** Operators of Security Hub CSPM's rules; CONTAINS_WORD is for Security Hub's searches. */
const asffComparisons = [
  'EQUALS',
  'PREFIX',
  'CONTAINS',
  'NOT_EQUALS',
  'PREFIX_NOT_EQUALS',
  'NOT_CONTAINS',
] as const;

/** Operators of Security Hub's rules, and the one of its searches; NOT_CONTAINS is for CSPM. */
const ocsfComparisons = [
  'EQUALS',
  'PREFIX',
  'CONTAINS',
  'CONTAINS_WORD',
  'NOT_EQUALS',
  'PREFIX_NOT_EQUALS',
] as const;

const value = z.string().min(1).max(4096);

export const asffStringFilter = strict({
  Value: value,
  Comparison: z.enum(asffComparisons).describe('Case counts.'),
});

export const ocsfStringFilter = strict({
  Value: value,
  Comparison: z.enum(ocsfComparisons).describe('Case counts.'),
});

export const numberFilter = strict({
  Eq: z.number().exactOptional(),
  Gt: z.number().exactOptional(),
  Gte: z.number().exactOptional(),
  Lt: z.number().exactOptional(),
  Lte: z.number().exactOptional(),
})
  .refine((filter) => Object.keys(filter).length > 0, {
    error: 'a number filter needs one of Eq, Gt, Gte, Lt and Lte',
  })
  .describe('All bounds hold at once.');

export const dateFilter = strict({
  Start: moment.exactOptional(),
  End: moment.exactOptional(),
  DateRange: strict({
    Value: z.int().min(1),
    Unit: z.literal('DAYS'),
    Comparison: z.enum(['WITHIN', 'OLDER_THAN']).exactOptional(),
  })
    .exactOptional()
    .describe('Whole days back from now.'),
}).refine(
  ({ Start, End, DateRange }) =>
    (DateRange === undefined) === (Start !== undefined || End !== undefined),
  { error: 'a date filter needs either DateRange, or Start and End or one of them' },
);

/** A tag may be empty, so a map filter's value may be too. */
export const mapFilter = strict({
  Key: value,
  Value: z.string().max(4096),
  Comparison: z.enum(['EQUALS', 'NOT_EQUALS', 'CONTAINS', 'NOT_CONTAINS']),
});

export const booleanFilter = strict({ Value: z.boolean() });

export const ipFilter = strict({
  Cidr: z.union([z.cidrv4(), z.cidrv6()], { error: 'a range of addresses is written 10.0.0.0/8' }),
});

export const keywordFilter = strict({ Value: value });
