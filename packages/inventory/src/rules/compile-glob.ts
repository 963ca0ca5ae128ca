import { RE2JS } from 're2js';
import { type GlobPart, globParts } from './glob-parts.ts';

/**
 * How names are read: paths of Linux; paths of Windows, with either slash and in any case; other names, in any case, where `*` takes slashes
 * too; or ids and tags, which are the same but for their case.
 */
export type NameKind = 'linux' | 'windows' | 'text' | 'exact';

/** A glob as an expression, with the plain text that each name which it fits begins and ends with. */
export interface GlobExpression {
  readonly source: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** What a slash is, any one character within a folder, and how negated classes leave slashes out. */
const dialects: Readonly<
  Record<NameKind, { readonly slash: string; readonly one: string; readonly not: string }>
> = {
  linux: { slash: '/', one: '[^/]', not: '/' },
  windows: { slash: '[/\\\\]', one: '[^/\\\\]', not: '/\\\\' },
  text: { slash: '[/\\\\]', one: '.', not: '' },
  exact: { slash: '[/\\\\]', one: '.', not: '' },
};

/**
 * A glob as an expression of RE2 for the whole name, to be compiled with `DOTALL`.
 *
 * @throws InvalidPatternError
 * @example
 * globExpression('/etc/**' + '/*.conf', 'linux').source; // '/etc/(?:.*' + '/)?[^/]*\\.conf'
 */
export function globExpression(glob: string, kind: NameKind): GlobExpression {
  const parts = globParts(glob);
  return {
    source: sourceOf(parts, kind),
    prefix: plainText(parts),
    suffix: plainText(parts.toReversed(), (texts) => texts.toReversed()),
  };
}

function sourceOf(parts: readonly GlobPart[], kind: NameKind): string {
  const { slash } = dialects[kind];
  const pieces: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined) break;
    // Between slashes, `**` is any number of folders, none too.
    const isWhole = part.kind === 'deep' && (at === 0 || parts[at - 1]?.kind === 'slash');
    if (isWhole && parts[at + 1]?.kind === 'slash') {
      pieces.push(`(?:.*${slash})?`);
      at += 1;
    } else pieces.push(pieceOf(part, kind));
  }
  return pieces.join('');
}

function pieceOf(part: GlobPart, kind: NameKind): string {
  const { slash, one, not } = dialects[kind];
  switch (part.kind) {
    case 'text':
      return quoted(part.text);
    case 'slash':
      return slash;
    case 'one':
      return one;
    case 'star':
      return `${one}*`;
    case 'deep':
      return '.*';
    case 'class': {
      const ranges = part.ranges.map(([from, to]) =>
        from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`,
      );
      return part.negated ? `[^${ranges.join('')}${not}]` : `[${ranges.join('')}]`;
    }
    case 'either':
      return `(?:${part.options.map((option) => sourceOf(option, kind)).join('|')})`;
  }
}

/** The texts and slashes that parts begin with. */
function plainText(
  parts: readonly GlobPart[],
  inOrder: (texts: readonly string[]) => readonly string[] = (texts) => texts,
): string {
  const end = parts.findIndex(({ kind }) => kind !== 'text' && kind !== 'slash');
  const plain = end < 0 ? parts : parts.slice(0, end);
  return inOrder(plain.map((part) => (part.kind === 'text' ? part.text : '/'))).join('');
}

/** A text that stands for itself. */
export function quoted(text: string): string {
  return RE2JS.quote(text);
}

function escaped(sign: string): string {
  return /^[!-/:-@[-`{-~]$/.test(sign) ? `\\${sign}` : sign;
}
