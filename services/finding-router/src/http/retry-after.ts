/** A message waits at most as long as SQS can hide it. */
const longest = 43_200;

/**
 * How long a receiver asks to wait, in whole seconds from 1 to 43,200.
 *
 * @param header `Retry-After`: seconds or an HTTP date; 30 s where it is absent or neither.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#field.retry-after
 * @example
 * retryAfterSeconds('120', new Date()); // 120
 */
export function retryAfterSeconds(header: string | null, now: Date): number {
  const text = header?.trim() ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(text)
    ? Number(text)
    : (Date.parse(text) - now.getTime()) / 1000;
  if (Number.isNaN(seconds)) return 30;
  return Math.min(Math.max(Math.ceil(seconds), 1), longest);
}
