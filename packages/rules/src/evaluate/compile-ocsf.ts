import { InvalidConditionError } from '../errors.ts';
import type {
  CompositeFilter,
  IpFilter,
  OcsfCriteria,
  OcsfFilter,
  StringFilter,
} from '../model/condition.ts';
import type { EvaluationBasis } from '../model/rule.ts';
import {
  dateFilter,
  mapFilters,
  numberFilter,
  textFilter,
  textFilters,
  type Vocabulary,
} from './compile-filters.ts';
import type { Place } from './fields.ts';
import { parseIpBlock } from './ip-block.ts';
import { all, always, any, literal, type Node } from './node.ts';

/**
 * Criteria of an automation rule V2. Each filter stands for itself, also where several name one field: operators alone join them. A
 * missing operator is AND.
 *
 * @throws InvalidConditionError for a CIDR block or time that is none.
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CompositeFilter.html
 */
export function compileOcsf(
  vocabulary: Vocabulary,
  basis: EvaluationBasis,
  { CompositeFilters = [], CompositeOperator }: OcsfCriteria,
): Node {
  return combined(
    CompositeOperator,
    CompositeFilters.map((composite) => compileComposite(vocabulary, basis, composite)),
  );
}

function compileComposite(
  vocabulary: Vocabulary,
  basis: EvaluationBasis,
  composite: CompositeFilter,
): Node {
  const { Operator, NestedCompositeFilters = [] } = composite;
  return combined(Operator, [
    ...compileFilters(vocabulary, basis, composite),
    ...NestedCompositeFilters.map((nested) => compileComposite(vocabulary, basis, nested)),
  ]);
}

/** Nothing asks for nothing, whichever operator joins it. */
function combined(operator: 'AND' | 'OR' | undefined, nodes: readonly Node[]): Node {
  if (nodes.length === 0) return always;
  return operator === 'OR' ? any(nodes) : all(nodes);
}

function compileFilters(
  vocabulary: Vocabulary,
  basis: EvaluationBasis,
  composite: CompositeFilter,
): readonly Node[] {
  const { fields, atoms } = vocabulary;
  const at = (path: string): Place => ({ basis, path });
  return [
    ...compileTexts(vocabulary, basis, composite),
    ...each(composite.DateFilters, (path, filter) =>
      dateFilter(vocabulary, fields.moment(at(path)), filter),
    ),
    ...each(composite.BooleanFilters, (path, { Value }) =>
      literal(atoms.boolean(fields.boolean(at(path)), Value)),
    ),
    ...each(composite.NumberFilters, (path, filter) =>
      numberFilter(vocabulary, fields.number(at(path)), filter),
    ),
    ...each(composite.MapFilters, (path, filter) => mapFilters(vocabulary, at(path), [filter])),
    ...each(composite.IpFilters, (path, filter) => ipFilter(vocabulary, at(path), filter)),
  ];
}

function each<T>(
  filters: readonly OcsfFilter<T>[] = [],
  compile: (path: string, filter: T) => Node,
): readonly Node[] {
  return filters.map(({ FieldName, Filter }) => compile(FieldName, Filter));
}

/** Joined by OR, filters for whole texts of one field are looked up together. */
function compileTexts(
  vocabulary: Vocabulary,
  basis: EvaluationBasis,
  { StringFilters = [], Operator }: CompositeFilter,
): readonly Node[] {
  const slotOf = (path: string) => vocabulary.fields.text({ basis, path });
  const isWhole = ({ Filter }: OcsfFilter<StringFilter>) =>
    Operator === 'OR' && Filter.Comparison === 'EQUALS';
  const whole = Map.groupBy(StringFilters.filter(isWhole), ({ FieldName }) => FieldName);
  return [
    ...[...whole].map(([path, filters]) =>
      textFilters(
        vocabulary,
        slotOf(path),
        filters.map(({ Filter }) => Filter),
      ),
    ),
    ...each(
      StringFilters.filter((filter) => !isWhole(filter)),
      (path, filter) => textFilter(vocabulary, slotOf(path), filter),
    ),
  ];
}

function ipFilter({ fields, atoms }: Vocabulary, place: Place, { Cidr }: IpFilter): Node {
  const block = parseIpBlock(Cidr);
  if (!block) throw new InvalidConditionError(`'${Cidr}' is no block of IP addresses`);
  return literal(atoms.block(fields.address(place), Cidr, block));
}
