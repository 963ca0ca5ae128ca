import {
  type ApiCallEvent,
  formatArn,
  isArn,
  partitionOfRegion,
  type ResponseMessage,
  type ResponseRecord,
} from '@riposte/findings';
import { principalOf } from '@riposte/responses';
import { canaryParameter } from './canary.ts';
import { conclude } from './conclude.ts';
import { UntoldError } from './errors.ts';
import { claimOf, leaseSeconds, nothingToUndo } from './incident.ts';
import { renderMessage } from './message.ts';
import { apiCallOf } from './named-trail.ts';
import { type OwnResources, ownResourceIn } from './own-resources.ts';
import type { GuardPorts, Outcome } from './ports.ts';
import { triggerOfCall } from './trigger.ts';
import { watchedCall } from './watched-calls.ts';

/** What watching Riposte itself needs. */
export interface SelfPorts extends GuardPorts {
  /** Each a way to people that works without the others, the state table, its key and the outbox. */
  readonly loudspeakers: readonly ((message: ResponseMessage) => Promise<void>)[];
  readonly own: OwnResources;
  /** Resolves after so many milliseconds; people are told then, whether the state table answers or not. */
  wait(ms: number): Promise<void>;
}

const patienceMs = 3000;

/**
 * Tells of changes to Riposte and to its senses over every way there is, before it is recorded: the change may be the loss of the table.
 * Neither a mode nor an unreadable setting silences it. An exempt principal, such as a deployment role, is told of once an hour.
 *
 * @throws UntoldError when no way to people works.
 */
export function watchOwnHouse(ports: SelfPorts) {
  return async (input: unknown): Promise<readonly Outcome[]> => {
    const event = apiCallOf(input);
    if (isCanary(event, ports.stage)) {
      ports.measure({ name: 'CanaryReturned', value: 1, unit: 'Count' });
      return [];
    }
    const named = concerned(event, ports.own);
    return named === undefined ? [] : [await answer(event, named, ports)];
  };
}

function isCanary({ eventName, requestParameters }: ApiCallEvent, stage: string): boolean {
  return eventName === 'PutParameter' && requestParameters.name === canaryParameter(stage);
}

/** What of Riposte a call concerns; undefined where it is somebody else's. */
function concerned(event: ApiCallEvent, own: OwnResources): string | undefined {
  const { eventSource, eventName, requestParameters, responseElements, resourceArns } = event;
  const watched = watchedCall(eventSource, eventName);
  if (watched === undefined) return undefined;
  const found = ownResourceIn([requestParameters, responseElements, resourceArns], own);
  return found ?? (watched === 'senses' ? eventName : undefined);
}

async function answer(event: ApiCallEvent, named: string, ports: SelfPorts): Promise<Outcome> {
  const burst = await burstOf(event, named, ports);
  const record = claimOf(
    {
      kind: 'self-tamper',
      discriminator: burst ?? (event.eventId || event.envelope.id),
      resource: resourceOf(event, burst === undefined ? named : `riposte-${ports.stage}`),
      trigger: { ...triggerOfCall(event, ports.clock()), path: 'self' },
      mode: 'notify',
      reason: reasonOf(event, named, burst),
      plan: [],
      before: undefined,
      undo: nothingToUndo,
    },
    ports.clock(),
  );
  const claim = await claimWithin(record, ports);
  if (claim === 'duplicate') {
    return { resource: record.resource.arn, result: 'duplicate', incident: record.id };
  }
  await tellEverywhere(renderMessage({ ...record, status: 'told' }, ports.stage), ports);
  if (claim === 'unknown') {
    return {
      resource: record.resource.arn,
      result: 'told',
      reason: 'not recorded: the state table did not answer',
    };
  }
  return conclude(ports, record, { status: 'told', times: {} }, 'machines');
}

/** Waits for the table only so long: people come first. */
async function claimWithin(
  record: ResponseRecord,
  ports: SelfPorts,
): Promise<'claimed' | 'duplicate' | 'unknown'> {
  const claim = ports.records.claim(record, leaseSeconds).then(
    ({ claimed }) => (claimed ? ('claimed' as const) : ('duplicate' as const)),
    () => 'unknown' as const,
  );
  return Promise.race([claim, ports.wait(patienceMs).then(() => 'unknown' as const)]);
}

async function tellEverywhere(
  message: ResponseMessage,
  { loudspeakers, measure }: SelfPorts,
): Promise<void> {
  const results = await Promise.allSettled(loudspeakers.map((tell) => tell(message)));
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failed.length > 0) measure({ name: 'UntoldWays', value: failed.length, unit: 'Count' });
  if (failed.length === results.length) {
    throw new UntoldError('no topic took the message', { cause: failed[0] });
  }
}

/**
 * What is told once an hour: a deployment's many changes, and a failing caller's many attempts. Settings and switch are told of one by one.
 */
async function burstOf(
  event: ApiCallEvent,
  named: string,
  ports: SelfPorts,
): Promise<string | undefined> {
  if (named.includes(`/riposte/${ports.stage}/`)) return undefined;
  const principal = principalOf(event.actor);
  const hour = `${principal}|${event.eventTime.slice(0, 13)}`;
  if (event.errorCode !== undefined) return `attempt|${hour}`;
  const reading = await ports.settings.read();
  const isExempt =
    principal !== undefined &&
    reading.readable &&
    reading.settings.exemptPrincipals.includes(principal);
  return isExempt ? `exempt|${hour}` : undefined;
}

function reasonOf(
  { eventName, errorCode }: ApiCallEvent,
  named: string,
  burst: string | undefined,
): string {
  const outcome = errorCode === undefined ? 'is told, never answered' : `failed with ${errorCode}`;
  const more =
    burst === undefined ? '' : '; more of the same principal within the hour is not told';
  return `${eventName} on ${named.slice(0, 300)} ${outcome}${more}`;
}

function resourceOf(event: ApiCallEvent, named: string): ResponseRecord['resource'] {
  const { accountId, awsRegion: region, eventSource } = event;
  const partition = partitionOfRegion(region);
  const service = eventSource.split('.')[0] ?? '';
  const resource = named.slice(0, 300);
  const arn = isArn(named) ? named : formatArn({ partition, service, region, accountId, resource });
  return { arn, type: eventSource, accountId, region, partition };
}
