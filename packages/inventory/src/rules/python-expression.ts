import { InvalidPatternError } from '../errors.ts';
import { quoted } from './compile-glob.ts';
import { type PythonToken, pythonTokens } from './python-tokens.ts';

const space = '\\s\\v\\x1c-\\x1f\\x{85}\\p{Z}';
const word = '\\p{L}\\p{N}_';

/** Classes that Python reads in Unicode, and RE2 in ASCII. */
const outside: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: `[${word}]`,
  W: `[^${word}]`,
  s: `[${space}]`,
  S: `[^${space}]`,
  Z: '\\z',
};
const inside: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: word,
  s: space,
  b: '\\x08',
};

/**
 * A regular expression of Python's `re` for texts, in RE2's words. A dot is every character here: a line break in a name hides nothing.
 * What RE2 cannot do in linear time (looking around, references back) stays as it is, for RE2 to refuse.
 *
 * @throws InvalidPatternError for what Python refuses, or what would mean something else.
 */
export function expressionFromPython(expression: string): string {
  const tokens = pythonTokens(expression);
  const linewise = /\(\?[a-zA-Z]*m/.test(expression);
  return tokens.map((token) => translated(token, expression, linewise)).join('');
}

function translated(token: PythonToken, expression: string, linewise: boolean): string {
  const { kind, text } = token;
  switch (kind) {
    case 'escape':
      return translatedEscape(text.slice(1), expression, outside);
    case 'class':
      return translatedClass(text, expression);
    case 'repetition':
      return text.replace('{,', '{0,');
    case 'end':
      // Python's `$` stands before a last line break, too.
      return linewise ? text : '(?:\\n?\\z)';
    default:
      return text === '{' ? '\\{' : text;
  }
}

function translatedClass(text: string, expression: string): string {
  const negated = text.startsWith('[^');
  if (negated && /\\[WS]/.test(text))
    throw new InvalidPatternError(expression, '\\W and \\S cannot stand in [^…]');
  const start = negated ? '[^' : '[';
  const members = text
    .slice(start.length, -1)
    .replaceAll(/\\([\s\S])|\[/g, (all, sign: string) =>
      all === '[' ? '\\[' : translatedEscape(sign, expression, inside),
    );
  return `${start}${members}]`;
}

function translatedEscape(
  sign: string,
  expression: string,
  classes: Readonly<Record<string, string>>,
): string {
  const known = Object.hasOwn(classes, sign) ? classes[sign] : undefined;
  if (known !== undefined) return known;
  if (/[0-9abfnrtvxABSW]/.test(sign)) return `\\${sign}`;
  if (/[a-zA-Z]/.test(sign))
    throw new InvalidPatternError(expression, `\\${sign} means nothing here`);
  return quoted(sign);
}
