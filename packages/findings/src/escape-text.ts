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
  return cutText(escaped, max);
}

/**
 * The text if it is short enough; else its beginning, ending in `…`, at most `max` UTF-16 units, and never half of a surrogate pair.
 *
 * @example
 * cutText('abcdef', 4); // 'abc…'
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = max - 1;
  const splitsPair =
    /[\ud800-\udbff]/.test(text.charAt(end - 1)) && /[\udc00-\udfff]/.test(text.charAt(end));
  return `${text.slice(0, Math.max(splitsPair ? end - 1 : end, 0))}…`;
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
