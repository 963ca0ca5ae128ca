import { InvalidConditionError } from '../errors.ts';
import type { AsffCriteria, AsffFilter } from '../model/condition.ts';
import type { EvaluationBasis } from '../model/rule.ts';
import { type AsffField, type AsffFieldKind, asffFields } from './asff-fields.ts';
import {
  dateFilter,
  mapFilters,
  numberFilter,
  textFilters,
  type Vocabulary,
} from './compile-filters.ts';
import { isDate, isKeyword, isMap, isNumber, isString } from './filter-kinds.ts';
import { all, always, any, literal, type Node } from './node.ts';

/**
 * Criteria of an automation rule: all fields have to match. An empty list of filters asks for nothing.
 *
 * @throws InvalidConditionError for a field that does not exist, or filters of another kind.
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AutomationRulesFindingFilters.html
 */
export function compileAsff(
  vocabulary: Vocabulary,
  basis: EvaluationBasis,
  criteria: AsffCriteria,
): Node {
  return all(
    Object.entries(criteria).map(([name, filters]) => {
      const field = asffFields.get(name);
      if (!field) throw new InvalidConditionError(`'${name}' is no field of ASFF criteria`);
      return filters.length === 0
        ? always
        : compileField(vocabulary, basis, { ...field, name, filters });
    }),
  );
}

interface NamedField extends AsffField {
  readonly name: string;
  readonly filters: readonly AsffFilter[];
}

type Compile = (vocabulary: Vocabulary, basis: EvaluationBasis, field: NamedField) => Node;

const compilers: Readonly<Record<AsffFieldKind, Compile>> = {
  text: (vocabulary, basis, field) =>
    textFilters(vocabulary, vocabulary.fields.text({ ...field, basis }), each(field, isString)),
  number: (vocabulary, basis, field) =>
    any(
      each(field, isNumber).map((filter) =>
        numberFilter(vocabulary, vocabulary.fields.number({ ...field, basis }), filter),
      ),
    ),
  date: (vocabulary, basis, field) =>
    any(
      each(field, isDate).map((filter) =>
        dateFilter(vocabulary, vocabulary.fields.moment({ ...field, basis }), filter),
      ),
    ),
  map: (vocabulary, basis, field) =>
    mapFilters(vocabulary, { ...field, basis }, each(field, isMap)),
  keyword: ({ atoms, fields }, basis, field) =>
    any(
      each(field, isKeyword).map(({ Value }) =>
        literal(atoms.contains(fields.keywords(basis), Value.toLowerCase())),
      ),
    ),
};

function compileField(vocabulary: Vocabulary, basis: EvaluationBasis, field: NamedField): Node {
  return compilers[field.kind](vocabulary, basis, field);
}

function each<T extends AsffFilter>(
  { name, kind, filters }: NamedField,
  isOfKind: (filter: AsffFilter) => filter is T,
): readonly T[] {
  const found = filters.filter(isOfKind);
  if (found.length < filters.length)
    throw new InvalidConditionError(`'${name}' takes filters of the kind ${kind}`);
  return found;
}
