import { setTimeout as sleep } from 'node:timers/promises';
import { deniedCode, errorResponse, throttlingCode } from './error-response.ts';
import { type Exchange, type ProxyParts, respond } from './exchange.ts';
import { killCaller } from './kill-caller.ts';
import type { CallIdentity, FaultRule } from './types.ts';

/** Lets a call fail the way a rule says. */
export async function failCall(
  parts: Pick<ProxyParts, 'processGroup'>,
  exchange: Exchange,
  rule: FaultRule,
): Promise<void> {
  const { request, call, open } = exchange;
  const fault = rule.effect;
  if (fault === 'timeout' || fault === 'kill') {
    if (fault === 'timeout') await sleep(rule.hangMs ?? 30_000, undefined, { ref: false });
    else {
      const { remotePort: port = 0, localPort: peer } = request.socket;
      await killCaller({ port, peer }, parts.processGroup());
    }
    open.end({ status: 0, fault });
    request.socket.destroy();
    return;
  }
  const error = faultErrors[fault](call);
  respond(exchange, errorResponse(call, error), { errorCode: error.code, fault });
}

const faultErrors = {
  throttle: (call: CallIdentity) => ({ code: throttlingCode(call), message: 'Rate exceeded' }),
  error: () => ({ code: 'InternalFailure', message: 'Injected by the stage', status: 500 }),
  deny: (call: CallIdentity) => ({
    code: deniedCode(call),
    message: `User is not authorized to perform: ${call.service}:${call.operation}`,
    status: call.protocol === 'json' ? 400 : 403,
  }),
} as const;
