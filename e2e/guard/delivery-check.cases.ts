import { describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import { intruder } from './callers.ts';
import { eventually } from './eventually.ts';
import type { GuardWorld } from './guard-world.ts';

const soon = () => new Date(Date.now() + 60_000);

/** Whether log files arrive after a restart, asked after a second instead of a quarter of an hour. */
export function deliveryCheckCases(world: () => GuardWorld): void {
  const stop = (trail: string) =>
    world().runs.after(() => world().stage.play.stopTrail(trail, { caller: intruder }));
  const checked = (arn: string): Promise<ResponseRecord> =>
    eventually(`the delivery of ${arn} is checked`, async () => {
      const held = await world().recordsOn(arn);
      return held.find(({ verification }) => verification?.evidence.startsWith('delivery checked'));
    });

  describe('a restarted trail', () => {
    it('whose log files arrive is passed over in silence', async () => {
      const trail = await world().trails.startNew('delivering');
      world().stage.setTrailDelivery(trail.arn, { latestDeliveryTime: soon() });
      await stop('delivering');
      const record = await checked(trail.arn);
      expect(record).toMatchObject({ status: 'verified', revision: 2 });
      await world().quiet();
      expect(await world().messagesOf(record.id)).toHaveLength(1);
    });

    it('whose log files do not arrive is escalated, as the same incident', async () => {
      const trail = await world().trails.startNew('not-delivering');
      world().stage.setTrailDelivery(trail.arn, { latestDeliveryError: 'AccessDenied' });
      await stop('not-delivering');
      const record = await checked(trail.arn);
      expect(record).toMatchObject({ status: 'failed', revision: 2 });
      const messages = await eventually('the second message', async () => {
        const heard = await world().messagesOf(record.id);
        return heard.length > 1 ? heard : undefined;
      });
      expect(messages.map(({ subject = '' }) => subject.split(':')[0])).toEqual([
        '[Riposte] REPAIRED',
        '[Riposte] ESCALATED',
      ]);
      expect(messages[1]?.message).toContain('no log file has arrived since the restart');
      expect(messages[1]?.message).toContain('LatestDeliveryError AccessDenied');
      expect(messages[1]?.attributes.severity).toBe('critical');
    });

    it('whose selectors log no write events is escalated', async () => {
      const trail = await world().trails.startNew('blind');
      world().stage.setTrailDelivery(trail.arn, { latestDeliveryTime: soon() });
      await world().stage.play.putEventSelectors(
        'blind',
        { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
        { deliver: false },
      );
      await stop('blind');
      expect(await checked(trail.arn)).toMatchObject({
        status: 'failed',
        reason: 'the trail runs, but its selectors log no write management events',
      });
    });

    it('that was stopped again meanwhile is left to the later incident', async () => {
      const trail = await world().trails.startNew('stopped-meanwhile');
      world().stage.setTrailDelivery(trail.arn, { latestDeliveryTime: soon() });
      await stop('stopped-meanwhile');
      await stop('stopped-meanwhile');
      await eventually('both are checked', async () => {
        const held = await world().recordsOn(trail.arn);
        const ends = held.filter(({ revision }) => revision === 2);
        return ends.length === 2 || undefined;
      });
      expect(await world().recordsOn(trail.arn)).toMatchObject([
        { status: 'verified' },
        { status: 'verified' },
      ]);
    });
  });
}
