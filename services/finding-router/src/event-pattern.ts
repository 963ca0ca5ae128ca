import type { AsffCriteria, CompositeFilter, Condition, RuleSet } from '@riposte/rules';

/** What EventBridge compares a field with. */
type Wanted = string | { readonly prefix: string };

/** By field: one of these values is necessary. `never`: the condition cannot hold for this format. */
type Necessary = ReadonlyMap<string, readonly Wanted[]> | 'never';
type Format = 'asff' | 'ocsf';

/** Fields that no update of a finding changes, and where they are in the event. */
const paths: Readonly<Record<Format, Readonly<Record<string, readonly string[]>>>> = {
  asff: {
    ProductName: ['ProductName'],
    ProductArn: ['ProductArn'],
    AwsAccountId: ['AwsAccountId'],
    GeneratorId: ['GeneratorId'],
    ResourceType: ['Resources', 'Type'],
  },
  ocsf: {
    class_name: ['class_name'],
    'cloud.account.uid': ['cloud', 'account', 'uid'],
    'metadata.product.name': ['metadata', 'product', 'name'],
    'metadata.product.uid': ['metadata', 'product', 'uid'],
    'resources.type': ['resources', 'type'],
  },
};

const detailTypes = {
  asff: 'Security Hub Findings - Imported',
  ocsf: 'Findings Imported V2',
} as const;

/** EventBridge takes 2048 characters of a pattern; a field that needs more is not compared. */
const mostCharacters = 1200;

/**
 * The EventBridge pattern that lets through every finding of a format that an enabled rule could ever want, and as few others as can be told by
 * fields that never change. Findings that no rule can want do not start a function.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 */
export function eventPattern({ packs }: Pick<RuleSet, 'packs'>, format: Format): object {
  const conditions = packs.flatMap(({ rules }) =>
    rules
      .filter(({ enabled }) => enabled)
      .flatMap(({ branches }) => branches.map(({ when }) => when)),
  );
  const necessary = anyOf(conditions, format);
  const event = { source: ['aws.securityhub'], 'detail-type': [detailTypes[format]] };
  // Nothing is ever sent in this name.
  if (necessary === 'never') return { ...event, source: ['riposte.no-rule-wants-this-format'] };
  const findings = {};
  for (const [field, wanted] of necessary) {
    const values = distinct(wanted);
    if (JSON.stringify(values).length <= mostCharacters)
      setAt(findings, paths[format][field] ?? [], values);
  }
  return { ...event, ...(Object.keys(findings).length > 0 && { detail: { findings } }) };
}

function necessaryOf(condition: Condition, format: Format): Necessary {
  if ('all' in condition) return allOf(condition.all, format);
  if ('any' in condition) return anyOf(condition.any, format);
  if ('asff' in condition) return format === 'asff' ? ofAsff(condition.asff) : 'never';
  if ('ocsf' in condition) {
    if (format !== 'ocsf') return 'never';
    const { CompositeFilters = [], CompositeOperator = 'AND' } = condition.ocsf;
    const parts = CompositeFilters.map(ofComposite);
    return CompositeOperator === 'AND' ? joined(parts) : split(parts);
  }
  return new Map();
}

const allOf = (parts: readonly Condition[], format: Format) =>
  joined(parts.map((part) => necessaryOf(part, format)));
const anyOf = (parts: readonly Condition[], format: Format) =>
  split(parts.map((part) => necessaryOf(part, format)));

/** All parts hold: what any of them needs is needed. */
function joined(parts: readonly Necessary[]): Necessary {
  const all = new Map<string, readonly Wanted[]>();
  for (const part of parts) {
    if (part === 'never') return 'never';
    for (const [field, wanted] of part) if (!all.has(field)) all.set(field, wanted);
  }
  return all;
}

/** One part holds: only what all of them need is needed. */
function split(parts: readonly Necessary[]): Necessary {
  const possible = parts.filter((part) => part !== 'never');
  const [first, ...rest] = possible;
  if (!first) return 'never';
  const shared = [...first].filter(([field]) => rest.every((part) => part.has(field)));
  return new Map(
    shared.map(([field]) => [field, possible.flatMap((part) => part.get(field) ?? [])]),
  );
}

function ofAsff(criteria: AsffCriteria): Necessary {
  const needed = new Map<string, readonly Wanted[]>();
  for (const [field, filters] of Object.entries(criteria)) {
    if (!Object.hasOwn(paths.asff, field)) continue;
    const positive = filters.filter((filter) => !isNegative(filter));
    const wanted = positive.map(wantedOf);
    if (wanted.length > 0 && wanted.every((one) => one !== undefined)) needed.set(field, wanted);
  }
  return needed;
}

function ofComposite(composite: CompositeFilter): Necessary {
  const { StringFilters = [], Operator = 'AND' } = composite;
  const parts = StringFilters.map(({ FieldName, Filter }): Necessary => {
    const wanted = isNegative(Filter) ? undefined : wantedOf(Filter);
    const isKnown = Object.hasOwn(paths.ocsf, FieldName) && wanted !== undefined;
    return isKnown ? new Map([[FieldName, [wanted]]]) : new Map();
  });
  if (Operator === 'AND') return joined(parts);
  const { DateFilters, BooleanFilters, NumberFilters, MapFilters, IpFilters } = composite;
  const others = [DateFilters, BooleanFilters, NumberFilters, MapFilters, IpFilters];
  const isOnlyText =
    others.every((filters) => !filters?.length) && !composite.NestedCompositeFilters?.length;
  return isOnlyText && parts.length > 0 ? split(parts) : new Map();
}

function isNegative(filter: object): boolean {
  return 'Comparison' in filter && String(filter.Comparison).includes('NOT_');
}

function wantedOf(filter: object): Wanted | undefined {
  if (!('Comparison' in filter && 'Value' in filter)) return undefined;
  const { Comparison, Value } = filter;
  if (typeof Value !== 'string' || 'Key' in filter) return undefined;
  if (Comparison === 'EQUALS') return Value;
  return Comparison === 'PREFIX' ? { prefix: Value } : undefined;
}

function distinct(wanted: readonly Wanted[]): readonly Wanted[] {
  return [...new Map(wanted.map((one) => [JSON.stringify(one), one])).values()];
}

function setAt(target: object, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return void Reflect.set(target, name, value);
  const held: unknown = Reflect.get(target, name);
  const inner = typeof held === 'object' && held !== null ? held : {};
  Reflect.set(target, name, inner);
  setAt(inner, rest, value);
}
