import { InvalidPatternError } from '../errors.ts';

/** A glob, read. */
export type GlobPart =
  | { readonly kind: 'text'; readonly text: string }
  /** A slash of either kind. */
  | { readonly kind: 'slash' }
  /** `?` */
  | { readonly kind: 'one' }
  /** `*` */
  | { readonly kind: 'star' }
  /** `**` */
  | { readonly kind: 'deep' }
  | {
      readonly kind: 'class';
      readonly negated: boolean;
      readonly ranges: readonly CharacterRange[];
    }
  | { readonly kind: 'either'; readonly options: readonly (readonly GlobPart[])[] };

export type CharacterRange = readonly [from: string, to: string];

const maxLength = 1024;
const maxDepth = 8;

/**
 * Reads a glob: `*`, `**`, `?`, `[a-z]`, `[!a-z]` and `{one,other}`. A backslash is a slash, as Windows writes it; a sign that means
 * something is written in brackets to mean itself: `[*]`.
 *
 * @throws InvalidPatternError
 */
export function globParts(glob: string): readonly GlobPart[] {
  if (glob === '') throw new InvalidPatternError(glob, 'a glob holds something');
  if (glob.length > maxLength)
    throw new InvalidPatternError(glob, `a glob has at most ${maxLength} characters`);
  const reader = new GlobReader(glob);
  return reader.parts(0);
}

class GlobReader {
  readonly #glob: string;
  #at = 0;

  constructor(glob: string) {
    this.#glob = glob;
  }

  parts(depth: number): readonly GlobPart[] {
    const parts: GlobPart[] = [];
    while (this.#at < this.#glob.length) {
      const sign = this.#glob[this.#at] ?? '';
      if (depth > 0 && (sign === ',' || sign === '}')) break;
      parts.push(this.#part(sign, depth));
    }
    return parts;
  }

  #part(sign: string, depth: number): GlobPart {
    switch (sign) {
      case '/':
      case '\\':
        this.#at += 1;
        return { kind: 'slash' };
      case '?':
        this.#at += 1;
        return { kind: 'one' };
      case '*':
        return this.#stars();
      case '[':
        return this.#class();
      case '{':
        return this.#either(depth + 1);
      default: {
        const from = this.#at;
        this.#at = endOfText(this.#glob, from, depth > 0);
        return { kind: 'text', text: this.#glob.slice(from, this.#at) };
      }
    }
  }

  #stars(): GlobPart {
    const from = this.#at;
    while (this.#glob[this.#at] === '*') this.#at += 1;
    return { kind: this.#at - from > 1 ? 'deep' : 'star' };
  }

  #class(): GlobPart {
    // A bracket right after the opening stands for itself.
    const inside = /^\[([!^]?)(\]?[^\]]*)\]/su.exec(this.#glob.slice(this.#at));
    if (!inside) throw this.#error('[ is not closed: write [[] for the character itself');
    this.#at += inside[0].length;
    const [, sign = '', text = ''] = inside;
    if (text.startsWith('[:')) throw this.#error('[: is not known: write [a-z], [0-9]');
    return { kind: 'class', negated: sign !== '', ranges: this.#ranges([...text]) };
  }

  #ranges(signs: readonly string[]): readonly CharacterRange[] {
    const ranges: CharacterRange[] = [];
    for (let at = 0; at < signs.length; at += 1) {
      const from = signs[at] ?? '';
      const to = signs[at + 1] === '-' ? signs[at + 2] : undefined;
      if (to !== undefined) at += 2;
      const range = [from, to ?? from] as const;
      if ((range[0].codePointAt(0) ?? 0) > (range[1].codePointAt(0) ?? 0))
        throw this.#error(`${range.join('-')} ends before it starts`);
      ranges.push(range);
    }
    return ranges;
  }

  #either(depth: number): GlobPart {
    if (depth > maxDepth) throw this.#error(`braces are nested more than ${maxDepth} deep`);
    const options: (readonly GlobPart[])[] = [];
    do {
      this.#at += 1;
      options.push(this.parts(depth));
    } while (this.#glob[this.#at] === ',');
    if (this.#glob[this.#at] !== '}')
      throw this.#error('{ is not closed: write [{] for the character itself');
    this.#at += 1;
    return { kind: 'either', options };
  }

  #error(problem: string): InvalidPatternError {
    return new InvalidPatternError(this.#glob, problem);
  }
}

function endOfText(glob: string, from: number, inBraces: boolean): number {
  const meaning = inBraces ? '/\\?*[{,}' : '/\\?*[{';
  let at = from + 1;
  while (at < glob.length && !meaning.includes(glob[at] ?? '')) at += 1;
  return at;
}
