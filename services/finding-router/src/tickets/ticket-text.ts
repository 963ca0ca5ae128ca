import { cutText } from '@riposte/findings';

/** Invisible and direction-changing characters, other line breaks, and halves of surrogate pairs. */
const unseen = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Control characters but line feed and tab. */
const control = /(?![\n\t])\p{Cc}/gu;

/**
 * Somebody's text as a block of a ticket: control characters are removed, what nobody sees appears as `\u{…}`, and what is too
 * long is cut visibly.
 *
 * @example
 * blockText('a\r\nb\u0007\u202ec', 80); // 'a\nb\\u{202e}c'
 */
export function blockText(text: string, max: number): string {
  const cleaned = text
    // Enough for what is cut to be seen as cut; no more of a huge text is looked at.
    .slice(0, max * 2)
    .replace(/\r\n?/g, '\n')
    .replace(control, '')
    .replace(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return cutText(cleaned, max);
}

/** As `blockText`, in one line that is never blank. */
export function lineText(text: string, max: number): string {
  const line = blockText(text, max * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return cutText(line === '' ? '(no title)' : line, max);
}
