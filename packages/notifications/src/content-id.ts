import { createHash } from 'node:crypto';

/**
 * An id made of what it is about: equal for equal content, on any machine and after any crash. 40 hexadecimal digits of sha256.
 *
 * @param content plain JSON whose members are always built in the same order.
 * @example
 * contentId('grp', ['#security', 'account=123456789012']); // 'grp-5b0e…'
 */
export function contentId(prefix: string, content: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return `${prefix}-${digest.slice(0, 40)}`;
}
