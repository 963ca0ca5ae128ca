import type { IncomingMessage, ServerResponse } from 'node:http';
import type { automations } from './automations.ts';
import type { CallEnd, CallLog, OpenCall } from './call-log.ts';
import type { cloudTrailLimits } from './cloud-trail-limits.ts';
import type { Faults } from './faults.ts';
import type { Answer, Forwarder, Outgoing } from './forward.ts';
import type { Sessions } from './sessions.ts';
import type { Members } from './trail-calls.ts';
import type { TrailExtras } from './trail-extras.ts';
import type { CallIdentity } from './types.ts';

/** What serving a call takes. */
export interface ProxyParts {
  readonly home: { readonly accountId: string; readonly region: string };
  readonly log: CallLog;
  readonly faults: Faults;
  readonly limits: ReturnType<typeof cloudTrailLimits>;
  readonly trails: TrailExtras;
  readonly automations: ReturnType<typeof automations>;
  readonly sessions: Sessions;
  readonly forwarder: Forwarder;
  readonly endpointOf: (service: string) => string;
  readonly processGroup: () => number | undefined;
}

/** One call on its way. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly outgoing: Outgoing;
  readonly call: CallIdentity;
  readonly members: Members;
  readonly open: OpenCall;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** Records how the call ended, then answers the caller. */
export function respond(
  { response, open }: Pick<Exchange, 'response' | 'open'>,
  reply: Reply,
  end: Omit<CallEnd, 'status'> = {},
): void {
  open.end({ status: reply.status, ...end });
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
}

/** The error's code, from wherever the service's protocol puts it. */
export function errorCodeOf({ headers, body }: Answer): string {
  const header = headers['x-amzn-errortype'];
  const text = body.toString('utf8', 0, 4096);
  const found =
    (typeof header === 'string' ? header : undefined) ??
    /"(?:__type|code|Code)"\s*:\s*"([^"]+)"/.exec(text)?.[1] ??
    /<Code>([^<]+)</.exec(text)?.[1];
  return found?.split('#').at(-1)?.split(':')[0] ?? 'Unknown';
}
