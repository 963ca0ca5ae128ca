import { NodeHttpHandler } from '@smithy/node-http-handler';

interface ClientConfig {
  readonly userAgentAppId: string;
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/** One connection pool for all clients of a function. Without `throwOnRequestTimeout` a request that hangs is only warned about. */
const requestHandler = new NodeHttpHandler({
  connectionTimeout: 2_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
});

/**
 * Makes an AWS client as every function of Riposte uses it: named for searching in CloudTrail (the name is believed by nothing),
 * patient with throttling (eight attempts, exponential back-off with jitter), impatient with a connection that does not come about within
 * two seconds or a request that hangs for ten.
 *
 * @param extra further configuration, e.g. the Region or the credentials of a member account.
 * @example
 * const cloudTrail = awsClient(CloudTrailClient, { region: 'eu-west-1' });
 */
export function awsClient<TClient, TConfig extends object>(
  Client: new (config: ClientConfig & TConfig) => TClient,
  extra: TConfig,
): TClient {
  return new Client({
    userAgentAppId: `riposte-${process.env.RIPOSTE_FUNCTION || 'local'}`,
    maxAttempts: 8,
    requestHandler,
    ...extra,
  });
}
