import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClient } from '@riposte/lambda';
import { cachedSecrets } from './cached-secrets.ts';
import type { Secrets } from './ports.ts';

/** Secrets of the function's own account and Region. */
export function secretsOnAws(): Secrets {
  return cachedSecrets({ client: awsClient(SecretsManagerClient, {}), clock: () => new Date() });
}
