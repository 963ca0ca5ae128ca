import { readFile } from 'node:fs/promises';
import type { AttachedStage, DeliveryReport } from '@riposte/local-stage';
import { InvalidOptionError } from '../errors.ts';
import { ensureTrail, type Performance, scenarios } from './scenarios.ts';

/** What `riposte stage play` was asked for. */
export interface PlayRequest {
  /** Name of a scenario, or a file that holds an event. */
  readonly what: string;
  readonly trail: string;
  readonly user: string;
  readonly duplicates: number;
}

/**
 * Makes a scenario happen for real, or delivers the event of a file.
 *
 * @throws InvalidOptionError where it is neither a scenario nor a file with an event.
 */
export async function playRequest(
  { what, trail, user, duplicates }: PlayRequest,
  stage: Pick<AttachedStage, 'play' | 'deliver' | 'accountId' | 'region'>,
): Promise<Performance | { readonly delivery: DeliveryReport }> {
  const scenario = Object.hasOwn(scenarios, what) ? scenarios[what] : undefined;
  if (!scenario) return { delivery: await stage.deliver(await eventFrom(what), { duplicates }) };
  const caller = {
    userName: user,
    sourceIp: '203.0.113.66',
    userAgent: 'aws-cli/2.31.0',
    mfa: false,
  };
  await ensureTrail({ stage, trail });
  return scenario.perform({ stage, trail, caller, duplicates });
}

async function eventFrom(file: string): Promise<unknown> {
  const known = Object.keys(scenarios).join(', ');
  const remedy = `give a file with one event as JSON (services/*/events has samples), or one of: ${known}`;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const problem = `${JSON.stringify(file)} is neither a scenario nor a file that can be read`;
    throw new InvalidOptionError('what to play', problem, remedy, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidOptionError('what to play', `${file} is no JSON`, remedy, { cause });
  }
}

/** What was played, as people read it. */
export function performanceText(
  played: Performance | { readonly delivery: DeliveryReport },
): string {
  const { delivery } = played;
  const lines =
    'event' in played ? [`event: ${played.event['detail-type']} ${played.event.id}`] : [];
  if ('errorCode' in played && played.errorCode !== undefined)
    lines.push(`the call failed: ${played.errorCode}`);
  if (delivery?.withheld !== undefined)
    lines.push(`AWS would not have sent it: ${delivery.withheld}`);
  for (const { targetArn, outcome, note } of delivery?.targets ?? []) {
    lines.push(`${outcome}: ${targetArn.split(':').at(-1)}${note ? ` (${note})` : ''}`);
  }
  if (delivery && delivery.withheld === undefined && delivery.targets.length === 0) {
    lines.push(
      'no rule matches: is the service deployed? riposte stage deploy foundation cloudtrail-guard',
    );
  }
  return lines.join('\n');
}
