import { escapeText } from '@riposte/findings';

/**
 * What a receiver said, for an error: on one line, at most 300 characters, without the channel's secrets, which some receivers repeat.
 *
 * @example
 * saidBy('no such key: hush', ['hush']); // 'no such key: [secret]'
 */
export function saidBy(text: string, secrets: readonly string[]): string {
  const known = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const redacted = known.reduce((said, secret) => said.replaceAll(secret, '[secret]'), text);
  return escapeText(redacted.trim(), 300);
}
