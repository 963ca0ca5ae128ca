import { isDeepStrictEqual } from 'node:util';
import type { Channel } from '@riposte/rules';
import { DeliveryRefusedError } from '../errors.ts';
import type { Secrets } from './ports.ts';

type Send<T> = (secret: unknown) => Promise<T>;

/**
 * Sends with the channel's secret. Where the receiver refuses the secret and it has been rotated meanwhile, once more with the new one.
 *
 * @throws DeliveryRefusedError where the channel has none, before anything is sent.
 */
export async function sendWithSecret(
  channel: Channel,
  secrets: Secrets,
): Promise<<T>(send: Send<T>) => Promise<T>> {
  if (!('secret' in channel)) return (send) => send(undefined);
  const secret = await secrets.read(channel);
  return async (send) => {
    try {
      return await send(secret);
    } catch (error) {
      if (!isAboutSecret(error)) throw error;
      const fresh = await secrets.read(channel, true);
      // Asking again with what was refused would only help to lock the account.
      if (isDeepStrictEqual(fresh, secret)) throw error;
      return await send(fresh);
    }
  };
}

function isAboutSecret(error: unknown): boolean {
  return error instanceof DeliveryRefusedError && /^secret\b/.test(error.path);
}
