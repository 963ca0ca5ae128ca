import type { Exchange, ProxyParts } from './exchange.ts';
import { type Outgoing, readAll } from './forward.ts';
import { type Members, membersOf, type TrailAnswer, type TrailCall } from './trail-calls.ts';

/** A call to CloudTrail, able to ask the emulator further questions as the same caller. */
export function trailCallOf(
  parts: Pick<ProxyParts, 'trails' | 'forwarder' | 'endpointOf'>,
  { call, members, outgoing }: Pick<Exchange, 'call' | 'members' | 'outgoing'>,
): TrailCall {
  const ask = async (
    operation: string,
    asked: Members,
    accountId = parts.trails.readAs(trailCall),
  ): Promise<TrailAnswer> => {
    const body = Buffer.from(JSON.stringify(asked));
    const target = String(outgoing.headers['x-amz-target']).replace(/\w+$/, operation);
    const headers = {
      ...outgoing.headers,
      'x-amz-target': target,
      'content-length': String(body.length),
    };
    const question = asAccount({ ...outgoing, headers, body }, accountId);
    const answer = await parts.forwarder.send(parts.endpointOf('cloudtrail'), question);
    const text = (await readAll(answer)).toString();
    return { status: answer.statusCode ?? 502, members: membersOf(JSON.parse(text)) };
  };
  const trailCall: TrailCall = { call, members, ask };
  return trailCall;
}

/** The same request from another account: the emulator reads the account from the access key, and checks no signature. */
export function asAccount(outgoing: Outgoing, accountId: string | undefined): Outgoing {
  const { authorization } = outgoing.headers;
  if (accountId === undefined || authorization === undefined) return outgoing;
  const other = authorization.replace(/Credential=[^/]+/, `Credential=${accountId}`);
  return { ...outgoing, headers: { ...outgoing.headers, authorization: other } };
}
