import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeliveryRefusedError } from '../errors.ts';
import type { Secrets } from './ports.ts';

export interface SecretsOptions {
  readonly client: SecretsManagerClient;
  clock(): Date;
}

const keptMilliseconds = 5 * 60_000;

/** There is no such secret, or it is being deleted. What else Secrets Manager answers may pass, or is mended by a deployment. */
const missing = new Set(['ResourceNotFoundException', 'InvalidRequestException']);

/**
 * `Secrets` of Secrets Manager: JSON, remembered for five minutes. Values appear in no error.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function cachedSecrets({ client, clock }: SecretsOptions): Secrets {
  const known = new Map<string, { readonly value: unknown; readonly readAt: number }>();
  return {
    async read({ name, secret }, fresh = false) {
      const seen = known.get(secret);
      const now = clock().getTime();
      if (seen && !fresh && now - seen.readAt < keptMilliseconds) return seen.value;
      const value = parsed(name, await secretText(client, name, secret));
      known.set(secret, { value, readAt: now });
      return value;
    },
  };
}

async function secretText(
  client: SecretsManagerClient,
  channel: string,
  secret: string,
): Promise<string> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
    if (SecretString !== undefined) return SecretString;
  } catch (cause) {
    if (!(cause instanceof Error) || !missing.has(cause.name)) throw cause;
    throw new DeliveryRefusedError(channel, 'secret', `there is no secret ${secret}`, { cause });
  }
  throw new DeliveryRefusedError(channel, 'secret', `secret ${secret} holds no text`);
}

function parsed(channel: string, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // The parser's error quotes the secret.
    throw new DeliveryRefusedError(channel, 'secret', 'is not JSON');
  }
}
