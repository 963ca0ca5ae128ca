import { asffFields } from '../evaluate/asff-fields.ts';
import { isDate, isNumber, isString } from '../evaluate/filter-kinds.ts';
import type { Format } from '../evaluate/source.ts';
import { asffValues } from '../folder/schema/asff-fields.ts';
import type {
  AsffFilter,
  CompositeFilter,
  Condition,
  DateFilter,
  FieldTest,
  NumberFilter,
  OcsfCriteria,
} from '../model/condition.ts';
import {
  either,
  type Facts,
  isNever,
  noFacts,
  type Range,
  rangeFacts,
  textFacts,
  together,
} from './facts.ts';
import { singleValued } from './single-valued.ts';
import { asTest, isPositive, type TextTest } from './text-tests.ts';

/** The formats that findings come in. */
export const formats: readonly Format[] = ['asff', 'ocsf', 'guardduty'];

/**
 * What has to hold of a finding of a format for a condition to be true: perhaps less than the condition asks for, never more. So where it says
 * `never`, the condition is never true.
 */
export function necessary(condition: Condition, format: Format): Facts {
  if ('asff' in condition)
    return format === 'asff'
      ? together(Object.entries(condition.asff).map(([field, filters]) => ofField(field, filters)))
      : foreign;
  if ('ocsf' in condition) return format === 'ocsf' ? ofCriteria(condition.ocsf) : foreign;
  if ('all' in condition) return together(condition.all.map((part) => necessary(part, format)));
  if ('any' in condition)
    return either(
      condition.any.map((part) => necessary(part, format)),
      'no part of any can hold',
    );
  if ('not' in condition) return canBeFalse(condition.not, format) ? noFacts : alwaysTrue;
  return 'test' in condition ? ofTest(condition.test, format) : noFacts;
}

const foreign: Facts = { never: 'criteria of ASFF and of OCSF never hold of one finding' };
const alwaysTrue: Facts = { never: 'what stands under not always holds, or never says anything' };

/** Whether a condition can be false, which is more than not true: criteria of another format are neither. */
function canBeFalse(condition: Condition, format: Format): boolean {
  if ('asff' in condition) return format === 'asff';
  if ('ocsf' in condition) return format === 'ocsf';
  if ('all' in condition) return condition.all.some((part) => canBeFalse(part, format));
  if ('any' in condition) return condition.any.every((part) => canBeFalse(part, format));
  if ('not' in condition) return !isNever(necessary(condition.not, format));
  return !('always' in condition);
}

function ofField(name: string, filters: readonly AsffFilter[]): Facts {
  const field = asffFields.get(name);
  if (field === undefined || filters.length === 0) return noFacts;
  const isSingle = singleValued.asff.has(field.path);
  if (field.kind === 'text')
    return isSingle ? textOf(field.path, filters.filter(isString).map(asTest)) : noFacts;
  if (field.kind === 'number')
    return rangesOf(field.path, filters.filter(isNumber).map(numberRange), isSingle);
  return field.kind === 'date'
    ? rangesOf(field.path, filters.filter(isDate).map(dateRange), isSingle)
    : noFacts;
}

const closed = new Map(
  [...asffValues].map(([name, values]) => [asffFields.get(name)?.path ?? name, values]),
);

/** A field that has only certain values has one of them, where it has to be there. */
function textOf(path: string, tests: readonly TextTest[]): Facts {
  const facts = textFacts(path, tests);
  const values = tests.some(isPositive) ? closed.get(path) : undefined;
  if (values === undefined) return facts;
  const domain = values.map((value): TextTest => ({ operator: 'EQUALS', value }));
  return together([facts, textFacts(path, domain)]);
}

/** Of a list, each value may be in another range; but no value is in an empty one. */
function rangesOf(path: string, ranges: readonly Range[], isSingle: boolean): Facts {
  const facts = rangeFacts(path, ranges);
  return isSingle || isNever(facts) ? facts : noFacts;
}

function numberRange({ Eq, Gt, Gte, Lt, Lte }: NumberFilter): Range {
  const low = Math.max(Eq ?? -Infinity, Gt ?? -Infinity, Gte ?? -Infinity);
  const high = Math.min(Eq ?? Infinity, Lt ?? Infinity, Lte ?? Infinity);
  return {
    from: low,
    to: high,
    ...(Gt === low && { afterFrom: true }),
    ...(Lt === high && { beforeTo: true }),
  };
}

/** Days back from now are left open: now moves. */
function dateRange({ Start = '', End = '' }: DateFilter): Range {
  const [start, end] = [Date.parse(Start), Date.parse(End)];
  return {
    from: Number.isNaN(start) ? -Infinity : start,
    to: Number.isNaN(end) ? Infinity : end,
  };
}

function ofCriteria({ CompositeFilters = [], CompositeOperator }: OcsfCriteria): Facts {
  return joined(CompositeOperator, CompositeFilters.map(ofComposite));
}

function joined(operator: 'AND' | 'OR' | undefined, parts: readonly Facts[]): Facts {
  if (parts.length === 0) return noFacts;
  return operator === 'OR' ? either(parts, 'no composite filter can hold') : together(parts);
}

function ofComposite(composite: CompositeFilter): Facts {
  const { StringFilters = [], NumberFilters = [], DateFilters = [], Operator } = composite;
  const { MapFilters = [], BooleanFilters = [], IpFilters = [] } = composite;
  const single = singleValued.ocsf;
  return joined(Operator, [
    ...StringFilters.map(({ FieldName, Filter }) =>
      single.has(FieldName) ? textFacts(FieldName, [asTest(Filter)]) : noFacts,
    ),
    ...NumberFilters.map(({ FieldName, Filter }) =>
      rangesOf(FieldName, [numberRange(Filter)], single.has(FieldName)),
    ),
    ...DateFilters.map(({ FieldName, Filter }) =>
      rangesOf(FieldName, [dateRange(Filter)], single.has(FieldName)),
    ),
    ...[...MapFilters, ...BooleanFilters, ...IpFilters].map(() => noFacts),
    ...(composite.NestedCompositeFilters ?? []).map(ofComposite),
  ]);
}

function ofTest({ field, equals, prefix, contains }: FieldTest, format: Format): Facts {
  if (!singleValued[format].has(field)) return noFacts;
  const lists = [
    ['EQUALS', equals],
    ['PREFIX', prefix],
    ['CONTAINS', contains],
  ] as const;
  return together(
    lists.flatMap(([operator, values]) =>
      values === undefined
        ? []
        : [
            textFacts(
              field,
              [values].flat().map((value) => ({ operator, value })),
            ),
          ],
    ),
  );
}
