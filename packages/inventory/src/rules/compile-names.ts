import { RE2JS } from 're2js';
import { InvalidPatternError } from '../errors.ts';
import { globExpression, type NameKind } from './compile-glob.ts';
import type { NamePattern } from './inventory-rule.ts';
import { nameKindOf } from './name-kind.ts';
import { expressionFromPython } from './python-expression.ts';

/** A name that many rules are asked about: what they ask of it is worked out once. */
export interface AskedName {
  readonly name: string;
  readonly kind: NameKind;
  /** As beginnings and ends are compared: where case and kind of slash mean nothing, in capitals, with slashes. */
  readonly plain: string;
}

/** Whether a name fits. Takes time in proportion to the name's length, whatever it holds. */
export type NameTest = (asked: AskedName) => boolean;

/** A name of an inventory's type. */
export function askedName(type: string, name: string): AskedName {
  return asked(name, nameKindOf(type, name));
}

function asked(name: string, kind: NameKind): AskedName {
  return { name, kind, plain: plainOf(name, kind) };
}

function plainOf(text: string, kind: NameKind): string {
  if (kind === 'linux') return text;
  const slashed = text.includes('\\') ? text.replaceAll('\\', '/') : text;
  // Capitals: other than small letters, they do not depend on what stands beside them.
  return kind === 'exact' ? slashed : slashed.toUpperCase();
}

/**
 * Compiles patterns of names: one that fits is enough.
 *
 * @throws InvalidPatternError
 */
export function compileNames(patterns: readonly NamePattern[]): NameTest {
  const tests = patterns.map(compilePattern);
  return (name) => tests.some((test) => test(name));
}

/**
 * Compiles globs of ids, Regions and values of tags: one that fits is enough. `*` takes slashes too.
 *
 * @throws InvalidPatternError
 */
export function compileTexts(globs: readonly string[]): (text: string) => boolean {
  const test = compileNames(globs.map((glob) => ({ glob })));
  return (text) => test(asked(text, 'exact'));
}

/**
 * Compiles globs of names of one type, as rules have them: one that fits is enough.
 *
 * @throws InvalidPatternError
 * @example
 * compileNameGlobs(['/etc/**'], 'AWS:File')('/etc/passwd'); // true
 */
export function compileNameGlobs(
  globs: readonly string[],
  type: string,
): (name: string) => boolean {
  const test = compileNames(globs.map((glob) => ({ glob })));
  return (name) => test(askedName(type, name));
}

function compilePattern(pattern: NamePattern): NameTest {
  if ('glob' in pattern) return compileGlob(pattern.glob);
  if ('regex' in pattern) return wholeName(pattern.regex);
  const test = wholeName(`(?:${expressionFromPython(pattern.python)})(?s:.*)`, pattern.python);
  return (name) => test(name) || (name.kind === 'windows' && test(asPublished(name)));
}

/** The published sample joins a folder and a file of Windows with `/`: patterns written for it still fit. */
function asPublished({ name, ...rest }: AskedName): AskedName {
  return { ...rest, name: name.replace(/\\([^\\]*)$/s, '/$1') };
}

function compileGlob(glob: string): NameTest {
  const tests = new Map<NameKind, NameTest>();
  // Read now, so that what is wrong is said now; compiled for a kind when the first name of it comes.
  globExpression(glob, 'linux');
  return (name) => {
    const test = tests.get(name.kind) ?? compileFor(glob, name.kind);
    tests.set(name.kind, test);
    return test(name);
  };
}

function compileFor(glob: string, kind: NameKind): NameTest {
  const { source, ...plain } = globExpression(glob, kind);
  const prefix = comparable(plain.prefix, kind, /^[ -~]*/);
  const suffix = comparable(plain.suffix, kind, /[ -~]*$/);
  const expression = compiled(source, glob, kind);
  return ({ name, plain: text }) =>
    text.startsWith(prefix) && text.endsWith(suffix) && expression.testExact(name);
}

/** Where case means nothing, what is no ASCII is left to the expression, which knows it better. */
function comparable(text: string, kind: NameKind, ascii: RegExp): string {
  if (kind === 'linux') return text;
  return plainOf(kind === 'exact' ? text : (ascii.exec(text)?.[0] ?? ''), kind);
}

function wholeName(source: string, written = source): NameTest {
  const withCase = compiled(source, written, 'linux');
  let withoutCase: RE2JS | undefined;
  return ({ name, kind }) => {
    if (kind === 'linux' || kind === 'exact') return withCase.testExact(name);
    withoutCase ??= compiled(source, written, kind);
    return withoutCase.testExact(name);
  };
}

function compiled(source: string, written: string, kind: NameKind): RE2JS {
  const anyCase = kind === 'windows' || kind === 'text' ? RE2JS.CASE_INSENSITIVE : 0;
  try {
    // A dot is any character: a line break in a name hides nothing.
    return RE2JS.compile(source, RE2JS.DOTALL | anyCase);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new InvalidPatternError(written, said, { cause: error });
  }
}
