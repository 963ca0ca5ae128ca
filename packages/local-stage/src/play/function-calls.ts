import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { StageClients } from '../clients.ts';
import type { ServiceEvent } from '../delivery/types.ts';
import type { RecordedCall } from '../proxy/types.ts';
import type { AccountRegion } from '../types.ts';
import { cloudTrailEvent } from './cloud-trail-event.ts';
import { isReadOnly } from './event-name.ts';
import type { PlayedService } from './types.ts';

/** Services whose write calls are management events; data events (objects, items, messages, invocations) are not logged. */
const services: readonly PlayedService[] = ['cloudtrail', 'events', 'iam', 'kms', 'lambda', 'ssm'];
const dataCalls = /^(?:PutEvents|Invoke|GenerateDataKey|Decrypt|Encrypt)/;

interface FunctionRole {
  readonly functionName: string;
  readonly roleArn: string;
}

/** The CloudTrail events of calls that functions made, each with its function's role, which the emulator does not know. */
export function functionCallEvents(
  clients: Pick<StageClients, 'lambda'>,
  home: AccountRegion,
): (calls: readonly RecordedCall[]) => Promise<readonly ServiceEvent[]> {
  let last = 0;
  return async (calls) => {
    const fresh = calls.filter(({ id }) => id > last);
    last = Math.max(last, ...fresh.map(({ id }) => id));
    const wanted = fresh.flatMap((call) => {
      const service = services.find((name) => name === call.service);
      const isWanted = call.appId?.startsWith('riposte-') && isManagementWrite(call);
      return service && isWanted ? [{ call, service }] : [];
    });
    if (wanted.length === 0) return [];
    const roles = await rolesOf(clients, home);
    return wanted.map(({ call, service }) => eventOf(call, service, roles.get(call.appId ?? '')));
  };
}

function isManagementWrite({ operation, status }: RecordedCall): boolean {
  return status > 0 && !isReadOnly(operation) && !dataCalls.test(operation);
}

function eventOf(
  call: RecordedCall,
  service: PlayedService,
  role: FunctionRole | undefined,
): ServiceEvent {
  const { accountId, region, roleArn = role?.roleArn, errorCode } = call;
  const error = errorCode === undefined ? undefined : new Error('the call failed');
  if (error && errorCode !== undefined) error.name = errorCode;
  return cloudTrailEvent({
    service,
    operation: call.operation,
    input: call.parameters,
    where: { accountId, region },
    caller: {
      type: 'AssumedRole',
      role: roleArn ?? call.appId ?? 'unknown',
      sessionName: role?.functionName ?? 'session',
      sourceIp: '198.51.100.24',
      userAgent: call.userAgent,
    },
    at: new Date(call.time),
    ...(error && { error }),
  });
}

/** Roles by application id, read from the functions themselves: `RIPOSTE_FUNCTION` is what their clients call themselves. */
async function rolesOf(
  clients: Pick<StageClients, 'lambda'>,
  home: AccountRegion,
): Promise<ReadonlyMap<string, FunctionRole>> {
  const roles = new Map<string, FunctionRole>();
  let Marker: string | undefined;
  do {
    const page = await clients
      .lambda(home)
      .send(new ListFunctionsCommand({ ...(Marker && { Marker }) }));
    for (const {
      FunctionName: functionName = '',
      Role: roleArn = '',
      Environment,
    } of page.Functions ?? []) {
      const name = Environment?.Variables?.RIPOSTE_FUNCTION;
      if (name) roles.set(`riposte-${name}`, { functionName, roleArn });
    }
    Marker = page.NextMarker;
  } while (Marker);
  return roles;
}
