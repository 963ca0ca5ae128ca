import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '@riposte/local-stage';
import { type BusListener, listenToBus } from './bus-listener.ts';
import { intruder } from './callers.ts';
import { eventually } from './eventually.ts';
import { evidenceVersions } from './evidence.ts';
import type { GuardWorld } from './guard-world.ts';

/** How records leave the state table, also when the outbox dies or a channel is down. */
export function outboxCases(world: () => GuardWorld): void {
  let bus: BusListener;
  beforeAll(async () => {
    await world().quiet();
    bus = await listenToBus(world().stage, world().names.EventBusName);
  });
  afterEach(() => world().stage.faults.clear());
  afterAll(() => bus?.close());

  const fault = (rule: Omit<FaultRule, 'appId'>) =>
    world().stage.faults.add({ appId: 'riposte-outbox', ...rule });
  /** Stops a trail; its record has left when the stream is empty and nothing is called any more. */
  const answer = async (name: string) => {
    const trail = await world().trails.startNew(name);
    await world().runs.after(() => world().stage.play.stopTrail(name, { caller: intruder }));
    const record = await world().concluded(trail.arn, 'trail-stopped');
    await world().told(record.id);
    await eventually('its event on the bus', async () => (await bus.heardOf(record.id))[0]);
    return record;
  };
  const sent = async (incident: string) => {
    await world().quiet();
    const versions = await evidenceVersions(world().stage, world().names.EvidenceBucketName);
    return {
      evidence: versions.filter(({ key }) => key.includes(incident)).length,
      events: (await bus.heardOf(incident)).length,
      messages: (await world().messagesOf(incident)).length,
    };
  };

  describe('a concluded record', () => {
    it('leaves once: as evidence, on the bus, and as a message', async () => {
      const record = await answer('leaving');
      expect(await sent(record.id)).toEqual({ evidence: 1, events: 1, messages: 1 });
      const [event] = await bus.heardOf(record.id);
      const { message: _message, ...detail } = record;
      expect(event).toMatchObject({ resources: [record.resource.arn], detail });
      expect(event?.detail).not.toHaveProperty('message');
    });

    it('leaves once when the outbox dies before it has sent anything', async () => {
      fault({ operation: 'PutObject', effect: 'kill', when: 'before', count: 1 });
      const record = await answer('died-before');
      expect(await sent(record.id)).toEqual({ evidence: 1, events: 1, messages: 1 });
    });

    it('is evidence once, on condition, when the outbox dies right after it was written', async () => {
      fault({ operation: 'PutObject', effect: 'kill', when: 'after', count: 1 });
      const record = await answer('died-after-evidence');
      expect(await sent(record.id)).toEqual({ evidence: 1, events: 1, messages: 1 });
      const puts = world()
        .stage.calls()
        .filter(({ operation, parameters }) => {
          return operation === 'PutObject' && String(parameters.path).includes(record.id);
        });
      expect(puts.map(({ status }) => status)).toEqual([0, 412]);
    });

    it('is told twice, with the same incident, only when the outbox dies between sending and its commit', async () => {
      fault({ operation: 'Publish', effect: 'kill', when: 'after', count: 1 });
      const record = await answer('died-after-message');
      await eventually('the repeat', async () => (await world().messagesOf(record.id))[1]);
      const left = await sent(record.id);
      expect(left).toMatchObject({ evidence: 1, messages: 2 });
      expect(left.events).toBeGreaterThanOrEqual(1);
      const [first, second] = await world().messagesOf(record.id);
      expect(second).toMatchObject({ subject: first?.subject, message: first?.message });
    });

    it('waits for a topic that is down; the bus, which took it, gets it once', async () => {
      fault({ operation: 'Publish', effect: 'deny', count: 2 });
      const record = await answer('waited-for-topic');
      expect(await sent(record.id)).toEqual({ evidence: 1, events: 1, messages: 1 });
    });

    it('waits for a bus that is down; people, who were told, are told once', async () => {
      fault({ operation: 'PutEvents', effect: 'deny', count: 2 });
      const record = await answer('waited-for-bus');
      expect(await sent(record.id)).toEqual({ evidence: 1, events: 1, messages: 1 });
    });
  });
}
