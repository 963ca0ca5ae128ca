import type { ServiceEvent } from '@riposte/local-stage';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import type { DemoFacts } from './demo-report.ts';
import { attacker, type DemoWorld } from './demo-world.ts';
import { promised, waitFor } from './wait-for.ts';

/** What a step works with. */
export interface Act {
  readonly world: DemoWorld;
  readonly trail: TrailId;
  /** The event that told of the stop. */
  readonly event: ServiceEvent;
  readonly facts: DemoFacts;
  say(line: string): void;
}

/** Somebody calls StopLogging for real. */
export async function attackTrail({
  world,
  trail,
  facts,
  say,
}: Omit<Act, 'event'>): Promise<ServiceEvent> {
  const event = await world.stopTrail(trail);
  const { stoppedAt } = await waitFor('the trail is stopped', async () => {
    const status = await world.status(trail);
    return status.stoppedAt === undefined ? undefined : { stoppedAt: status.stoppedAt };
  });
  facts.attack = {
    operation: 'cloudtrail:StopLogging',
    by: attacker.userName,
    sourceIp: attacker.sourceIp,
    stoppedAt,
    eventId: event.id,
  };
  say(
    `StopLogging by ${attacker.userName} from ${attacker.sourceIp}; recording ended at ${stoppedAt}`,
  );
  return event;
}

/** The trail logs again, as CloudTrail's own API says. */
export async function seeRestart({ world, trail, facts, say }: Act): Promise<true> {
  const { stoppedAt, startedAt } = await waitFor('the trail runs again', async () => {
    const { isLogging, ...times } = await world.status(trail);
    const { stoppedAt: stopped, startedAt: started } = times;
    if (!isLogging || stopped === undefined || started === undefined) return undefined;
    return started < stopped ? undefined : { stoppedAt: stopped, startedAt: started };
  });
  const milliseconds = Date.parse(startedAt) - Date.parse(stoppedAt);
  facts.restart = { isLogging: true, stoppedAt, startedAt, milliseconds };
  say(`running again after ${milliseconds} ms (GetTrailStatus: IsLogging true since ${startedAt})`);
  return true;
}

/** One message, and not two. */
export async function seeMessage({ world, facts, say }: Act): Promise<true> {
  const message = await waitFor('the message arrives', async () => (await world.messages())[0]);
  const { subject = '', message: body, attributes } = message;
  promised((await world.messages()).length === 1, 'more than one message was sent');
  facts.message = { subject, body, attributes };
  say(subject);
  return true;
}

/** The incident has one record, verified. */
export async function seeRecord({ world, trail, facts, say }: Act): Promise<true> {
  const record = await waitFor('the record is concluded', async () => {
    const [first] = await world.records(trail);
    return first?.status === 'claimed' ? undefined : first;
  });
  promised(record.status === 'verified', `the record is ${record.status}, not verified`);
  facts.record = record;
  say(`${record.id}: ${record.kind}, ${record.status}: ${record.verification?.evidence}`);
  return true;
}
