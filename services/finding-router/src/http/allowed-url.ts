import { DeliveryRefusedError } from '../errors.ts';

/** Where a test or a stage on the same machine listens. */
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The URL, if messages may go there: over https, or over http to this machine; without a name and password in it, which would end up in logs.
 * Errors do not quote the URL, since the URL of a webhook is its secret.
 *
 * @throws {DeliveryRefusedError} for any other.
 */
export function allowedUrl(channel: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new DeliveryRefusedError(channel, 'url', 'is no URL');
  if (url.username !== '' || url.password !== '') {
    throw new DeliveryRefusedError(channel, 'url', 'holds a user name or password');
  }
  const local = url.protocol === 'http:' && loopback.has(url.hostname);
  if (url.protocol !== 'https:' && !local) {
    throw new DeliveryRefusedError(channel, 'url', 'does not begin with https://');
  }
  return url;
}
