/** Control, line-breaking, invisible and direction-changing characters, and halves of surrogate pairs. */
const hostile = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Makes somebody else's text safe to show in one line of a message or log: control characters, line breaks and characters
 * that change the direction of text appear as `\u{…}`.
 *
 * @param max longest result in characters; a longer text ends in `…`.
 * @example
 * escapeText('a\nb', 80); // 'a\\u{a}b'
 */
export function escapeText(text: string, max: number): string {
  const escaped = text
    .slice(0, max * 2)
    .replace(hostile, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return escaped.length <= max ? escaped : `${escaped.slice(0, max - 1)}…`;
}

/**
 * An SNS subject: printable ASCII, at most 99 characters, other characters as `?`.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function toAsciiSubject(text: string): string {
  const ascii = text.replace(/[^\x20-\x7e]/gu, '?').trim();
  return ascii.length <= 99 ? ascii : `${ascii.slice(0, 96)}...`;
}
