import type { FieldTest } from '@riposte/rules';
import { RE2JS } from 're2js';
import { isObject, memberOf } from './interpreter-values.ts';

const expressions = new Map<string, RE2JS>();

function expressionOf(text: string): RE2JS {
  const known = expressions.get(text) ?? RE2JS.compile(text);
  expressions.set(text, known);
  return known;
}

const globs = new Map<string, RE2JS>();

function globOf(glob: string): RE2JS {
  const known = globs.get(glob) ?? RE2JS.compile(globExpression(glob));
  globs.set(glob, known);
  return known;
}

/** Whether any value of the field satisfies each of the operators. */
export function fieldTestMatches(test: FieldTest, document: unknown): boolean {
  const values = openValuesAt(document, test.field);
  const texts = values
    .filter((value) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(String);
  const some = (
    wanted: string | readonly string[] | undefined,
    holds: (text: string, one: string) => boolean,
  ) =>
    wanted === undefined || [wanted].flat().some((one) => texts.some((text) => holds(text, one)));
  const { matches, exists, gte, lte } = test;
  const numbers = values.map(numberOf).filter((value) => value !== undefined);
  return (
    some(test.equals, (text, one) => text === one) &&
    some(test.prefix, (text, one) => text.startsWith(one)) &&
    some(test.contains, (text, one) => text.includes(one)) &&
    some(test.glob, (text, one) => globOf(one).matches(text)) &&
    some(matches, (text, one) => expressionOf(one).test(text)) &&
    (exists === undefined || exists === values.length > 0) &&
    (gte === undefined || numbers.some((value) => value >= gte)) &&
    (lte === undefined || numbers.some((value) => value <= lte))
  );
}

/** As `valuesAt`; where a member is not there below the first, the rest of the path is one name. */
function openValuesAt(document: unknown, path: string): readonly unknown[] {
  const [first = '', ...rest] = path.split('.');
  return dottedAt(memberOf(document, first), rest);
}

function dottedAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => dottedAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return value === undefined || value === null ? [] : [value];
  if (!isObject(value)) return [];
  return Object.hasOwn(value, name)
    ? dottedAt(value[name], rest)
    : dottedAt(memberOf(value, path.join('.')), []);
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][-+]?\d{1,3})?$/.test(value))
    return Number(value);
  return typeof value === 'number' ? value : undefined;
}

function globExpression(glob: string): string {
  const parts = [...glob.matchAll(/\*|\?|[^*?]+/g)].map(([part]) => {
    if (part === '*') return '(?s:.*)';
    return part === '?' ? '(?s:.)' : RE2JS.quote(part);
  });
  return parts.join('');
}
