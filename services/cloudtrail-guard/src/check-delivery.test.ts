import { describe, expect, it } from '@jest/globals';
import { checkDelivery } from './check-delivery.ts';
import { restartStoppedTrail } from './restart-stopped-trail.ts';
import { type FakeGuard, fakeGuard, mainTrail, stoppedTrail } from './testing/fake-guard.ts';
import { apiCall } from './testing/sample-events.ts';

async function restarted(): Promise<{ guard: FakeGuard; event: unknown }> {
  const guard = fakeGuard(stoppedTrail());
  const [outcome] = await restartStoppedTrail(guard.ports)(apiCall({ eventName: 'StopLogging' }));
  guard.pass(900);
  const detail = { id: outcome?.incident };
  return { guard, event: { source: 'riposte.responses', detail } };
}

function setStatus(guard: FakeGuard, changes: object): void {
  const trail = guard.cloudTrail.held.get(mainTrail.arn);
  if (trail) trail.status = { ...trail.status, ...changes };
}

describe('checkDelivery', () => {
  it('adds to the record that log files arrive, and tells nobody', async () => {
    const { guard, event } = await restarted();
    setStatus(guard, { latestDeliveryAt: '2026-11-24T03:07:00.000Z' });
    expect((await checkDelivery(guard.ports)(event)).result).toBe('verified');
    expect(guard.records.messages).toHaveLength(1);
    expect([...guard.records.held.values()][0]).toMatchObject({
      revision: 2,
      verification: { verified: true, evidence: expect.stringContaining('LatestDeliveryTime') },
    });
    expect((await checkDelivery(guard.ports)(event)).result).toBe('duplicate');
  });

  it.each([
    ['none has arrived at all', {}, 'no log file has arrived'],
    ['none has arrived since', { latestDeliveryAt: '2026-11-24T02:50:00.000Z' }, 'no log file'],
    ['they cannot be delivered', { latestDeliveryError: 'AccessDenied' }, 'AccessDenied'],
    ['the trail does not record', { isLogging: false }, 'does not record'],
  ])('escalates the same incident when %s', async (_what, status, words) => {
    const { guard, event } = await restarted();
    setStatus(guard, status);
    expect((await checkDelivery(guard.ports)(event)).result).toBe('failed');
    const last = guard.records.messages.at(-1);
    expect(last?.revision).toBe(2);
    expect(last?.message?.subject).toMatch(/^\[Riposte\] ESCALATED/);
    expect(last?.message?.body).toContain(words);
  });

  it('escalates when the selectors let no write events through', async () => {
    const { guard, event } = await restarted();
    const eventSelectors = [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }];
    await guard.cloudTrail.putSelectors(mainTrail, { eventSelectors, advancedEventSelectors: [] });
    setStatus(guard, { latestDeliveryAt: '2026-11-24T03:07:00.000Z' });
    expect((await checkDelivery(guard.ports)(event)).reason).toContain(
      'no write management events',
    );
  });

  it('escalates when it cannot look', async () => {
    const { guard, event } = await restarted();
    guard.cloudTrail.held.clear();
    expect((await checkDelivery(guard.ports)(event)).reason).toContain('could not be checked');
  });

  it('lets a retry help where it can', async () => {
    const { guard, event } = await restarted();
    guard.cloudTrail.before = () => {
      throw new RangeError('throttled');
    };
    await expect(checkDelivery(guard.ports)(event)).rejects.toThrow('throttled');
  });

  it('leaves a trail that was stopped again to its own incident', async () => {
    const { guard, event } = await restarted();
    await guard.cloudTrail.stop(mainTrail);
    expect((await checkDelivery(guard.ports)(event)).result).toBe('duplicate');
    expect(guard.records.messages).toHaveLength(1);
  });

  it('passes over a record that a person has undone', async () => {
    const { guard, event } = await restarted();
    const [record] = [...guard.records.held.values()];
    if (record) guard.records.held.set(record.id, { ...record, status: 'undone' });
    expect((await checkDelivery(guard.ports)(event)).result).toBe('duplicate');
  });

  it('rejects what is no response record, naming the field', async () => {
    const { ports } = fakeGuard();
    const check = checkDelivery(ports);
    await expect(check({ source: 'x' })).rejects.toMatchObject({ path: 'source' });
    await expect(check(null)).rejects.toMatchObject({ path: '(root)' });
    await expect(
      check({ source: 'riposte.responses', detail: { id: 'inc-unknown' } }),
    ).rejects.toMatchObject({ path: 'detail.id' });
  });
});
