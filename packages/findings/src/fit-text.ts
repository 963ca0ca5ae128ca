import { createHash } from 'node:crypto';
import { cutText } from './escape-text.ts';

/** As `escapeText`, but lines and tabs stay: what follows is shown in a block of its own. */
const hostile = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** What Security Hub shows where somebody's text is empty: it takes no blank texts. */
const nothing = '(empty)';

/**
 * Somebody else's text as a text of a finding: cut visibly, never blank, nothing in it that is not seen.
 *
 * @example
 * fitText('a\u202eb', 256); // 'a\\u{202e}b'
 */
export function fitText(text: string, max: number): string {
  const escaped = text
    // Enough for what is cut to be seen as cut, and for no half of a pair to be left at the end.
    .slice(0, max + 2)
    .replace(hostile, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  const fitted = cutText(escaped, max);
  return /\S/.test(fitted) ? fitted : nothing;
}

/**
 * A name that stays the name of one thing however long it is: a longer one ends in the digest of the whole, so that two different
 * names never become the same.
 *
 * @param max at least 30: room for digest and a beginning.
 */
export function fitName(name: string, max: number): string {
  if (name.length <= max && /\S/.test(name) && name.search(hostile) < 0) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${fitText(name, max - digest.length - 1)}#${digest}`;
}

/** The limits of a map of texts. */
export interface MapLimits {
  readonly entries: number;
  readonly key: number;
  readonly value: number;
}

/** A map of somebody else's texts within its limits. What is left out is counted in an entry of its own. */
export function fitMap(
  map: Readonly<Record<string, string>>,
  limits: MapLimits,
): Record<string, string> {
  const all = Object.entries(map);
  const isWhole = all.length <= limits.entries;
  const kept = isWhole ? all : all.slice(0, limits.entries - 1);
  const fitted = kept.map(
    ([key, value]) => [fitName(key, limits.key), fitText(value, limits.value)] as const,
  );
  const rest = isWhole ? [] : [['…', `${all.length - kept.length} more left out`] as const];
  return Object.fromEntries([...fitted, ...rest]);
}
