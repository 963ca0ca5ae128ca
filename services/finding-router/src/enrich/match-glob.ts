/**
 * True when the whole text fits the pattern: `*` stands for any characters, `?` for one. Case counts. Never backtracks further than to the
 * last `*`, so that the time grows with the length of the text times that of the pattern, whatever the text holds.
 *
 * @example
 * matchGlob('arn:aws:s3:::payments-*', 'arn:aws:s3:::payments-prod'); // true
 */
export function matchGlob(pattern: string, text: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === '*') {
      star = next;
      resumeAt = at;
      next += 1;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resumeAt += 1;
      at = resumeAt;
      next = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(next));
}
