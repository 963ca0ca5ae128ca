import { beforeEach, describe, expect, it } from '@jest/globals';
import { concludeWith, decideMode, StaleRecordError } from '@riposte/responses';
import {
  claimedRecord,
  type FakeRecords,
  fakeRecords,
  fakeSettings,
  responseRecord,
} from './index.ts';

describe('fakeRecords', () => {
  const claimed = claimedRecord();
  let now: number;
  let records: FakeRecords;

  beforeEach(() => {
    now = Date.parse('2026-11-24T13:00:00.000Z');
    records = fakeRecords(() => new Date(now));
  });

  it('lets one claim an incident', async () => {
    expect(await records.claim(claimed, 20)).toEqual({
      claimed: true,
      resumed: false,
      record: claimed,
    });
    expect(await records.claim(claimedRecord(), 20)).toEqual({ claimed: false, record: claimed });
    expect(await records.get(claimed.id)).toBe(claimed);
  });

  it('lets a second take over when the first has died, and nobody when it has finished', async () => {
    await records.claim(claimed, 20);
    now += 20_001;
    expect(await records.claim(claimedRecord(), 20)).toEqual({
      claimed: true,
      resumed: true,
      record: claimed,
    });
    const done = concludeWith(claimed, { status: 'verified', times: {} });
    await records.conclude(done);
    now += 20_001;
    expect(await records.claim(claimed, 20)).toEqual({ claimed: false, record: done });
  });

  it('takes revisions one by one, and keeps what the outbox would send', async () => {
    await records.claim(claimed, 20);
    const done = concludeWith(claimed, { status: 'verified', times: {} });
    await records.conclude(done);
    await expect(records.conclude(done)).rejects.toBeInstanceOf(StaleRecordError);
    expect(records.concluded).toEqual([done]);
  });

  it('lists the newest first, and those on a resource the oldest first', async () => {
    const at = (id: string, day: string, service = 'cloudtrail-guard') =>
      responseRecord({ id, service, times: { claimed: `2026-11-${day}` } });
    const held = fakeRecords(() => new Date(now), at('a', '01'), at('b', '02', 'x'), at('c', '03'));
    const { arn } = claimed.resource;
    const ids = async (found: ReturnType<FakeRecords['list']>) => (await found).map(({ id }) => id);
    expect(await ids(held.list({ limit: 2 }))).toEqual(['c', 'b']);
    expect(await ids(held.list({ limit: 9, service: 'x', status: 'verified' }))).toEqual(['b']);
    expect(await ids(held.list({ limit: 9, since: '2026-11-03' }))).toEqual(['c']);
    expect(await ids(held.onResource(arn, '2026-11-02'))).toEqual(['b', 'c']);
  });

  it('notes a finding once', async () => {
    expect(await records.linkFinding('inc-1', 'f')).toBe(true);
    expect(await records.linkFinding('inc-1', 'f')).toBe(false);
    await records.reopenFinding('inc-1', 'f');
    expect(await records.linkFinding('inc-1', 'f')).toBe(true);
    await records.closeFinding('inc-1', 'f');
    expect(await records.linkFinding('inc-1', 'f')).toBe(false);
    expect(records.links).toEqual(['inc-1 f']);
  });
});

describe('fakeSettings', () => {
  const question = {
    kind: 'trail-weakened',
    defaultMode: 'enforce',
    resourceArn: 'arn',
    failOpen: false,
  } as const;
  const decided = async (settings: ReturnType<typeof fakeSettings>) =>
    decideMode(await settings.read(), question).mode;

  it('allows everything until it is told otherwise', async () => {
    const settings = fakeSettings();
    expect(await decided(settings)).toBe('enforce');
    settings.change({ modes: { 'trail-weakened': 'dry-run' } });
    expect(await decided(settings)).toBe('dry-run');
  });

  it('can be switched, exempted and broken', async () => {
    expect(await decided(fakeSettings({ exemptResources: ['arn'] }))).toBe('notify');
    const settings = fakeSettings();
    settings.turnSwitch('changes-stopped');
    expect(await decided(settings)).toBe('notify');
    settings.breakWith('down');
    expect(await settings.read()).toEqual({ readable: false, reason: 'down' });
  });
});
