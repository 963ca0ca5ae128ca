import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import type { AccountRegion, ServiceEvent } from '@riposte/local-stage';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import { intruder } from './callers.ts';
import { deadLetterTexts } from './dead-letters.ts';
import { eventually } from './eventually.ts';
import { type GuardWorld, openGuardWorld } from './guard-world.ts';
import { type Load, loadFigures } from './load-figures.ts';
import { deployForwarder, deployMemberRole } from './member-place.ts';
import { endLease } from './state-table.ts';

jest.setTimeout(600_000);

const isFull = process.env.RIPOSTE_FULL === '1';
const accounts = Array.from({ length: 10 }, (_, index) => `4000000000${10 + index}`);
const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2', 'sa-east-1'];
const places: readonly AccountRegion[] = accounts.flatMap((accountId) =>
  regions.map((region) => ({ accountId, region })),
);
/** As many trails as AWS allows in a Region, or one. */
const trailsInPlace = isFull ? 5 : 1;

let world: GuardWorld;
beforeAll(async () => {
  world = await openGuardWorld({ retrySeconds: 1, params: { sweepAccounts: accounts.join(',') } });
  await Promise.all(places.map((place) => deployForwarder(world.stage, place)));
  const [region = ''] = regions;
  await Promise.all(
    accounts.map((accountId) => deployMemberRole(world.stage, { accountId, region })),
  );
}, 600_000);
afterAll(() => world?.stop());

/** One in ten calls of the answering function and of the outbox fails, in one of three ways; some die in the worst moment. */
function injectFaults(): void {
  const { faults } = world.stage;
  faults.seed(20_261_124);
  const kill = { effect: 'kill', when: 'after' } as const;
  for (const skip of [5, 20]) {
    faults.add({ appId: 'riposte-outbox', operation: 'Publish', ...kill, skip, count: 1 });
  }
  faults.add({ appId: 'riposte-restart-trail', operation: 'PutItem', ...kill, skip: 7, count: 1 });
  faults.add({
    ...{ appId: 'riposte-restart-trail', operation: 'StartLogging', ...kill, skip: 9, count: 1 },
  });
  for (const appId of ['riposte-restart-trail', 'riposte-outbox']) {
    faults.add({ appId, effect: 'throttle', probability: 0.04 });
    faults.add({ appId, effect: 'error', probability: 0.04 });
    faults.add({ appId, effect: 'timeout', hangMs: 300, probability: 0.02 });
  }
}

async function startTrails(): Promise<readonly TrailId[]> {
  const started = await Promise.all(
    places.flatMap((place) =>
      Array.from({ length: trailsInPlace }, (_, index) =>
        world.trails.startNew(`trail-${index + 1}`, place),
      ),
    ),
  );
  return started;
}

async function stopTrail({ name, accountId, region }: TrailId): Promise<ServiceEvent> {
  const where = { accountId, region, caller: intruder, deliver: false } as const;
  return (await world.stage.play.stopTrail(name, where)).event;
}

/** Events that nobody can answer: they say no time. */
function garbled({ detail, ...event }: ServiceEvent, index: number): ServiceEvent {
  const { eventTime: _eventTime, ...rest } = Object(detail);
  return { ...event, id: `garbled-${index}`, detail: rest };
}

const ofStops = async (): Promise<readonly ResponseRecord[]> =>
  (await world.records.list({ limit: 10_000 })).filter(({ kind }) => kind === 'trail-stopped');

const mostSweeps = 5;

/** Waits until all is answered: the sweep finishes what a function died over or gave up, as it does every five minutes. */
async function untilAllEnded(expected: number): Promise<number> {
  for (let sweeps = 0; ; sweeps++) {
    await world.quiet();
    const records = await ofStops();
    const open = records.filter(({ status }) => status !== 'verified');
    if (records.length === expected && open.length === 0) return sweeps;
    if (sweeps === mostSweeps) throw new RangeError(`${open.length} of ${records.length} are open`);
    for (const { id } of open) await endLease(world.stage, world.names.StateTableName, id);
    await world.runs.invoke('sweep', {});
  }
}

/** The outbox is behind: its calls fail too, and the stream waits a second before it gives it the same record again. */
async function untilAllTold(): Promise<void> {
  const wanted = new Set((await ofStops()).map(({ id }) => id));
  const all = `messages about ${wanted.size} incidents`;
  const told = async () => {
    const messages = await world.stage.messages(world.names.AlertsTopicArn);
    const incidents = new Set(messages.map(({ attributes }) => attributes.incident));
    return incidents.size >= wanted.size || undefined;
  };
  await eventually(all, told, 300_000);
}

describe('many stops at once, in forty account-Regions', () => {
  const load: Partial<Load> = {};
  let trails: readonly TrailId[] = [];

  it('are all answered, although events come twice and in any order, and calls fail', async () => {
    trails = await startTrails();
    const stopped = await Promise.all(trails.map(stopTrail));
    const broken = stopped.slice(0, 2).map(garbled);
    injectFaults();
    world.stage.throttleLikeAws(true);
    world.stage.clearCalls();
    const began = Date.now();
    await world.stage.deliverMany([...stopped, ...broken], {
      duplicateRatio: 0.2,
      reorder: true,
      concurrency: 8,
      delayMs: 600,
      seed: 7,
    });
    load.sweeps = await untilAllEnded(trails.length);
    load.durationMs = Date.now() - began;
    await untilAllTold();
    world.stage.faults.clear();
    await world.quiet();
    world.stage.throttleLikeAws(false);
    for (const trail of trails) {
      expect((await world.trails.status(trail)).isLogging).toBe(true);
    }
  });

  it('leave one record and one message each; a message repeats only where the outbox died', async () => {
    const records = await ofStops();
    expect(records.map(({ resource }) => resource.arn).sort()).toEqual(
      trails.map(({ arn }) => arn).sort(),
    );
    expect(new Set(records.map(({ status }) => status))).toEqual(new Set(['verified']));
    const messages = await world.stage.messages(world.names.AlertsTopicArn);
    const told = messages.map(({ attributes }) => attributes.incident ?? '');
    expect(new Set(told)).toEqual(new Set(records.map(({ id }) => id)));
    const repeats = told.length - records.length;
    const deaths = world.stage
      .calls()
      .filter(({ fault, appId }) => fault === 'kill' && appId === 'riposte-outbox').length;
    process.stdout.write(
      loadFigures({ ...load, records, repeats, deaths, calls: world.stage.calls() }),
    );
    expect(deaths).toBe(2);
    expect(repeats).toBeLessThanOrEqual(deaths);
  });

  it('leave in the dead letters what cannot work, with its reason, and nothing without one', async () => {
    const texts = await deadLetterTexts(
      world.stage,
      'riposte-cloudtrail-guard-local-restart-trail-dlq',
    );
    const letters = texts.map((text) => Object(JSON.parse(text)));
    const reasons = letters.map(
      ({ error, responsePayload }) => error?.name ?? responsePayload?.errorType,
    );
    expect(reasons.every((reason) => typeof reason === 'string' && reason !== '')).toBe(true);
    const malformed = letters.filter(({ error }) => error?.name === 'MalformedEventError');
    expect(new Set(malformed.map(({ body }) => body.id))).toEqual(
      new Set(['garbled-0', 'garbled-1']),
    );
    expect(malformed.every(({ error }) => error.path === 'detail.eventTime')).toBe(true);
  });
});
