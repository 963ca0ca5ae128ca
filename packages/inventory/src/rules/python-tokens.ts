import { InvalidPatternError } from '../errors.ts';

/** A piece of a regular expression of Python. */
export interface PythonToken {
  readonly kind: 'escape' | 'class' | 'repetition' | 'open' | 'close' | 'comma' | 'end' | 'other';
  readonly text: string;
}

const kinds = [
  ['escape', /\\[\s\S]/y],
  // A bracket right after the opening stands for itself.
  ['class', /\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]/y],
  ['repetition', /\{(?:\d+(?:,\d*)?|,\d*)\}/y],
  ['open', /\((?:\?P<\w+>|\?[\w-]*:|\?[a-zA-Z]+\))?/y],
  ['close', /\)/y],
  ['comma', /,/y],
  ['end', /\$/y],
  ['other', /[\s\S]/uy],
] as const;

/** Takes a regular expression of Python apart, as far as commas and other meanings than RE2's are concerned. */
export function pythonTokens(expression: string): readonly PythonToken[] {
  const tokens: PythonToken[] = [];
  for (let at = 0; at < expression.length; ) {
    const token = tokenAt(expression, at);
    refuseBraces(expression, token, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(expression: string, at: number): PythonToken {
  for (const [kind, form] of kinds) {
    form.lastIndex = at;
    const text = form.exec(expression)?.[0];
    // Flags of the whole expression open no group.
    if (text !== undefined) return { kind: /^\(\?\w+\)$/.test(text) ? 'other' : kind, text };
  }
  throw new InvalidPatternError(expression, 'cannot be read');
}

/** Python takes braces that are no repetition for themselves: a glob in the place of an expression would match nothing, unsaid. */
function refuseBraces(expression: string, { kind, text }: PythonToken, at: number): void {
  if (kind !== 'other' || text !== '{') return;
  const list = /^\{[^{}]*,[^{}]*\}/.exec(expression.slice(at))?.[0];
  if (list === undefined) return;
  const meant = `(${list.slice(1, -1).replaceAll(',', '|')})`;
  throw new InvalidPatternError(
    expression,
    `${list} is no repetition: write ${meant} for one of them, or \\{ for the character itself`,
  );
}
