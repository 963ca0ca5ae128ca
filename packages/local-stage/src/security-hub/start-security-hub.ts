import { createServer } from 'node:http';
import { callerScope } from './caller-scope.ts';
import { clickCustomAction } from './click-custom-action.ts';
import { createHubStates } from './hub-state.ts';
import { importFindings } from './import-findings.ts';
import type { HubContext } from './ports.ts';
import { createPublisher } from './publisher.ts';
import { rateLimit } from './rate-limit.ts';
import { serveRequest } from './serve-request.ts';
import { importOcsf } from './store-ocsf.ts';
import type { SecurityHub, SecurityHubOptions } from './types.ts';

/**
 * Starts a stand-in of AWS Security Hub: an HTTP server that the real SDK client talks to, with the API's validation and limits, and
 * the events that AWS puts on the default bus. What a caller sees is kept by account (an access key id of twelve digits is the
 * account) and Region (of the signature).
 *
 * @example
 * const hub = await startSecurityHub({ publish: (event, scope) => stage.deliver(event, scope) });
 * const client = new SecurityHubClient({ endpoint: hub.endpoint });
 */
export async function startSecurityHub(options: SecurityHubOptions): Promise<SecurityHub> {
  const clock = options.clock ?? (() => new Date());
  const publisher = createPublisher(options.publish);
  const context: HubContext = {
    states: createHubStates({
      enabled: options.enabled ?? true,
      v2: options.v2 ?? false,
      clock,
      administratorAccountId: options.administratorAccountId,
    }),
    clock,
    publish: publisher.publish,
  };
  const known = {
    accountOf: options.accountOf ?? (() => undefined),
    fallback: options.accountId ?? '123456789012',
  };
  const admit =
    options.callsPerSecond === undefined ? () => {} : rateLimit(options.callsPerSecond, clock);
  const serving = {
    context,
    admit,
    scopeOf: (authorization: string | undefined) => callerScope(authorization, known),
  };
  const server = createServer((request, response) => {
    serveRequest(serving, request, response).catch(() => response.destroy());
  });
  // Clients keep connections; a server that closes one first makes their next call fail.
  server.keepAliveTimeout = 120_000;
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    settled: publisher.settled,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await publisher.settled().catch(() => undefined);
    },
    clickCustomAction: async (actionArn, findings) =>
      clickCustomAction(context, actionArn, findings),
    importAsff: async (findings, scope) => importFindings(context, scope, findings),
    importOcsf: async (finding, scope) => importOcsf(context, scope, finding),
  };
}
