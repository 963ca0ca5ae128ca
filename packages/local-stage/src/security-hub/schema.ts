import { isObject } from './json.ts';

/** What a JSON value must be: the few words of JSON Schema that the API's own messages speak of. */
export type Schema =
  | { readonly is: 'anything' }
  | { readonly is: 'boolean' }
  | {
      readonly is: 'string';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      readonly oneOf?: readonly string[];
      readonly format?: 'date-time';
    }
  | {
      readonly is: 'number';
      readonly integer?: boolean;
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly is: 'array'; readonly of: Schema; readonly min?: number; readonly max?: number }
  | {
      readonly is: 'map';
      readonly entries: number;
      readonly keyMax: number;
      readonly valueMax: number;
    }
  | {
      readonly is: 'object';
      readonly members: Readonly<Record<string, Schema>>;
      readonly required?: readonly string[];
      /** No other members than these. */
      readonly closed?: boolean;
    };

type Kind = Schema['is'];
type Of<K extends Kind> = Extract<Schema, { readonly is: K }>;

/** RFC 3339, as the API's timestamps: a time zone is part of it. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i;

/**
 * Everything that is wrong with a value, in the words of the API's own validator
 * (`data.Title should NOT be longer than 256 characters`). Empty when it fits.
 *
 * @example
 * problemsOf({ is: 'string', max: 3 }, 'four'); // ['data should NOT be longer than 3 characters']
 */
export function problemsOf(schema: Schema, value: unknown, path = 'data'): readonly string[] {
  switch (schema.is) {
    case 'anything':
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path} should be boolean`];
    case 'string':
      return typeof value === 'string'
        ? textProblems(schema, value, path)
        : [`${path} should be string`];
    case 'number':
      return numberProblems(schema, value, path);
    case 'array':
      return Array.isArray(value) ? listProblems(schema, value, path) : [`${path} should be array`];
    case 'map':
      return isObject(value) ? mapProblems(schema, value, path) : [`${path} should be object`];
    case 'object':
      return isObject(value) ? objectProblems(schema, value, path) : [`${path} should be object`];
  }
}

function textProblems(schema: Of<'string'>, value: string, path: string): readonly string[] {
  const { min = 1, max = Number.POSITIVE_INFINITY, pattern, oneOf, format } = schema;
  // Characters, not UTF-16 units, as JSON Schema counts them.
  const length = [...value].length;
  return [
    ...(length < min ? [`${path} should NOT be shorter than ${min} characters`] : []),
    ...(length > max ? [`${path} should NOT be longer than ${max} characters`] : []),
    ...(pattern && !pattern.test(value)
      ? [`${path} should match pattern "${pattern.source.replaceAll('\\/', '/')}"`]
      : []),
    ...(oneOf && !oneOf.includes(value)
      ? [`${path} should be equal to one of the allowed values`]
      : []),
    ...(format && !isDateTime(value) ? [`${path} should match format "date-time"`] : []),
  ];
}

/** True for a timestamp that says its time zone. */
export function isDateTime(value: string): boolean {
  return dateTime.test(value) && !Number.isNaN(Date.parse(value));
}

function numberProblems(schema: Of<'number'>, value: unknown, path: string): readonly string[] {
  const { integer, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = schema;
  if (typeof value !== 'number' || (integer && !Number.isInteger(value)))
    return [`${path} should be ${integer ? 'integer' : 'number'}`];
  if (value < min) return [`${path} should be >= ${min}`];
  return value > max ? [`${path} should be <= ${max}`] : [];
}

function listProblems(
  { of, min = 0, max = Number.POSITIVE_INFINITY }: Of<'array'>,
  value: readonly unknown[],
  path: string,
): readonly string[] {
  return [
    ...(value.length < min ? [`${path} should NOT have fewer than ${min} items`] : []),
    ...(value.length > max ? [`${path} should NOT have more than ${max} items`] : []),
    ...value.flatMap((item, index) => problemsOf(of, item, `${path}[${index}]`)),
  ];
}

function mapProblems(
  { entries, keyMax, valueMax }: Of<'map'>,
  value: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const members = Object.entries(value);
  return [
    ...(members.length > entries
      ? [`${path} should NOT have more than ${entries} properties`]
      : []),
    ...members.flatMap(([key, member]) => [
      ...([...key].length > keyMax ? [`${path} property name '${key}' is invalid`] : []),
      ...problemsOf({ is: 'string', min: 0, max: valueMax }, member, `${path}['${key}']`),
    ]),
  ];
}

function objectProblems(
  { members, required = [], closed }: Of<'object'>,
  value: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const missing = required.filter((name) => !present(value, name));
  const strange = closed
    ? Object.keys(value).filter((name) => present(value, name) && !Object.hasOwn(members, name))
    : [];
  return [
    ...strange.map(() => `${path} should NOT have additional properties`),
    ...missing.map((name) => `${path} should have required property '${name}'`),
    ...Object.entries(members).flatMap(([name, member]) =>
      present(value, name) ? problemsOf(member, value[name], `${path}.${name}`) : [],
    ),
  ];
}

function present(value: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined && value[name] !== null;
}
