/**
 * A key as S3 writes it into notifications, decoded: first `+` into blanks, then percent signs.
 *
 * @returns undefined where it is not encoded so.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @example
 * decodeKey('a+b%2Bc'); // 'a b+c'
 */
export function decodeKey(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
