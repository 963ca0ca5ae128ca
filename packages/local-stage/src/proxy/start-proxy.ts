import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TrailDelivery } from '../types.ts';
import { automations } from './automations.ts';
import { createCallLog } from './call-log.ts';
import { cloudTrailLimits } from './cloud-trail-limits.ts';
import { createFaults } from './faults.ts';
import { createForwarder, readAll } from './forward.ts';
import { serveCall } from './serve-call.ts';
import { createSessions } from './sessions.ts';
import { trailExtras } from './trail-extras.ts';
import type { FaultInjector, RecordedCall } from './types.ts';

/** Answers a request of another process of the stage, e.g. `GET /_stage/calls`. */
export type ControlRoutes = Readonly<
  Record<string, (question: URLSearchParams, body: string) => Promise<unknown> | unknown>
>;

export interface CallProxy {
  readonly endpoint: string;
  readonly port: number;
  readonly faults: FaultInjector;
  calls(): readonly RecordedCall[];
  clearCalls(): void;
  throttleLikeAws(on: boolean): void;
  setTrailDelivery(trailArn: string, delivery: TrailDelivery): void;
  /** The account of a session that AssumeRole gave out. */
  accountOf(accessKeyId: string): string | undefined;
  stop(): Promise<void>;
}

interface ProxyOptions {
  readonly home: { readonly accountId: string; readonly region: string };
  /** Where a service's calls go; asked for each call, so that the proxy can start before the emulator. */
  readonly endpointOf: (service: string) => string;
  /** The emulator's process group, whose workers a fault may kill. */
  readonly processGroup?: () => number | undefined;
  readonly onCall?: (call: RecordedCall) => void;
  readonly control?: ControlRoutes;
}

/**
 * Starts the proxy in front of the emulator: it records each call, lets chosen ones fail, throttles CloudTrail, and adds what
 * the emulator's CloudTrail lacks.
 */
export async function startProxy(options: ProxyOptions): Promise<CallProxy> {
  const log = createCallLog(options.onCall);
  const faults = createFaults();
  const limits = cloudTrailLimits();
  const trails = trailExtras();
  const forwarder = createForwarder();
  const sessions = createSessions();
  const parts = {
    ...{ log, faults, limits, trails, forwarder, sessions },
    automations: automations(),
    home: options.home,
    endpointOf: options.endpointOf,
    processGroup: options.processGroup ?? (() => undefined),
  };
  const server = createServer((request, response) => {
    const served = request.url?.startsWith('/_stage/')
      ? control(options.control ?? {}, request, response)
      : serveCall(parts, request, response);
    served.catch(() => response.destroy());
  });
  // Clients keep connections; a server that closes one first makes their next call fail.
  server.keepAliveTimeout = 120_000;
  const port = await new Promise<number>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())));
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    faults,
    calls: log.calls,
    clearCalls: log.clear,
    throttleLikeAws: limits.switchOn,
    setTrailDelivery: trails.setDelivery,
    accountOf: (accessKeyId) => sessions.known.get(accessKeyId)?.accountId,
    stop: () =>
      new Promise((resolve) => {
        forwarder.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function control(
  routes: ControlRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://stage.invalid');
  const route = routes[`${request.method} ${url.pathname.replace('/_stage/', '')}`];
  const body = (await readAll(request)).toString();
  const answer = route ? await route(url.searchParams, body) : undefined;
  response.writeHead(route ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? null));
}
