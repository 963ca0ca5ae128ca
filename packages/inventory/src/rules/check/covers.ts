import { askedName, compileNames } from '../compile-names.ts';
import { type GlobPart, globParts } from '../glob-parts.ts';
import type { NamePattern } from '../inventory-rule.ts';

/**
 * Whether it can be told that names which fit one pattern all fit another: both are written alike, the one is a plain name, or the other is
 * everything below a folder. Of much else nothing is said.
 */
export function coversPattern(wide: NamePattern, narrow: NamePattern, type: string): boolean {
  if (JSON.stringify(wide) === JSON.stringify(narrow)) return true;
  if (!('glob' in narrow)) return isAll(wide);
  return alternatives(globParts(narrow.glob)).every((parts) => coversParts(wide, parts, type));
}

/** Whether each of these patterns is covered by one of those. */
export function coversAll(
  wide: readonly NamePattern[],
  narrow: readonly NamePattern[],
  type: string,
): boolean {
  return narrow.every((pattern) => wide.some((other) => coversPattern(other, pattern, type)));
}

function coversParts(wide: NamePattern, narrow: readonly GlobPart[], type: string): boolean {
  const { text, isWhole } = plainStart(narrow);
  if (isWhole) return compileNames([wide])(askedName(type, text));
  if (!('glob' in wide)) return false;
  return alternatives(globParts(wide.glob)).some((parts) => {
    const last = parts.at(-1);
    if (last?.kind !== 'deep') return false;
    const folder = plainStart(parts.slice(0, -1));
    return folder.isWhole && isBelow(text, folder.text, type);
  });
}

function isBelow(text: string, folder: string, type: string): boolean {
  const [one, other] = [askedName(type, text).plain, askedName(type, folder).plain];
  return one.startsWith(other);
}

function isAll(pattern: NamePattern): boolean {
  return 'glob' in pattern ? /^\*\*+$/.test(pattern.glob) : /^\.\*$/.test(textOf(pattern));
}

function textOf(pattern: Exclude<NamePattern, { readonly glob: string }>): string {
  return 'regex' in pattern ? pattern.regex : '';
}

/** What a glob begins with before it leaves something open. */
function plainStart(parts: readonly GlobPart[]): {
  readonly text: string;
  readonly isWhole: boolean;
} {
  const end = parts.findIndex(({ kind }) => kind !== 'text' && kind !== 'slash');
  const plain = end < 0 ? parts : parts.slice(0, end);
  const text = plain.map((part) => (part.kind === 'text' ? part.text : '/')).join('');
  return { text, isWhole: end < 0 };
}

const most = 256;

/** A glob without braces, once for each way through them; as it is where those are many. */
function alternatives(parts: readonly GlobPart[]): readonly (readonly GlobPart[])[] {
  const ways = parts.reduce<readonly (readonly GlobPart[])[]>(
    (before, part) => {
      if (part.kind !== 'either') return before.map((way) => [...way, part]);
      const options = part.options.flatMap(alternatives);
      return before.length * options.length > most
        ? before.map((way) => [...way, part])
        : before.flatMap((way) => options.map((option) => [...way, ...option]));
    },
    [[]],
  );
  return ways;
}
