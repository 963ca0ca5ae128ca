import { describe, expect, it } from '@jest/globals';
import type { ResponseMessage } from '@riposte/findings';
import { trailOf } from '@riposte/remediations/cloudtrail';
import { sampleConfiguration } from '@riposte/remediations/cloudtrail/fakes';
import { restartStoppedTrail } from './restart-stopped-trail.ts';
import { restoreChangedTrail } from './restore-changed-trail.ts';
import { type SweepPorts, sweepTrails } from './sweep-trails.ts';
import {
  type FakeGuard,
  fakeGuard,
  home,
  mainTrail,
  runningTrail,
  stoppedTrail,
} from './testing/fake-guard.ts';
import { apiCall } from './testing/sample-events.ts';

const stopLogging = apiCall({ eventName: 'StopLogging' });

function sweeping(guard: FakeGuard, changes: Partial<SweepPorts> = {}) {
  const shouted: ResponseMessage[] = [];
  const canaries: Date[] = [];
  const warned: string[] = [];
  const sweep = sweepTrails({
    ...guard.ports,
    home: { ...home, partition: 'aws' },
    accounts: [],
    regions: [],
    alertsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:riposte-alerts',
    writeCanary: async (at) => {
      canaries.push(at);
    },
    confirmedSubscriptions: async () => 1,
    tellLastResort: async (message) => {
      shouted.push(message);
    },
    warn: (what) => {
      warned.push(what);
    },
    ...changes,
  });
  return { sweep, shouted, canaries, warned };
}

describe('sweepTrails', () => {
  it('starts a stopped trail that nobody told of', async () => {
    const guard = fakeGuard(stoppedTrail());
    const { sweep, canaries } = sweeping(guard);
    const report = await sweep();
    expect(report).toMatchObject({ trails: 1, problems: [] });
    expect(report.outcomes.map(({ result }) => result)).toEqual(['verified']);
    expect(canaries).toEqual([guard.now()]);
    expect(guard.records.messages[0]?.message?.body).toContain('nobody told Riposte');
  });

  it('finds trails whose home is another Region, and those of further accounts and Regions', async () => {
    const trails = [
      trailOf('main', { ...home, region: 'us-east-1' }),
      trailOf('member', { accountId: '222222222222', region: 'eu-west-1' }),
      trailOf('far', { accountId: '222222222222', region: 'ap-south-1' }),
    ];
    const guard = fakeGuard(...trails.map(stoppedTrail));
    const { sweep } = sweeping(guard, { accounts: ['222222222222'], regions: ['ap-south-1'] });
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual([
      'verified',
      'verified',
      'verified',
    ]);
  });

  it('changes nothing and says nothing the second time', async () => {
    const guard = fakeGuard(stoppedTrail(), runningTrail(trailOf('fine', home)));
    const { sweep } = sweeping(guard);
    await sweep();
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['duplicate']);
    expect(guard.records.messages).toHaveLength(1);
  });

  it('leaves a trail alone that never logged and that nobody approved', async () => {
    const unborn = { ...stoppedTrail(), status: { isLogging: false } };
    const guard = fakeGuard(unborn);
    const { sweep } = sweeping(guard);
    expect((await sweep()).outcomes).toEqual([]);
    guard.approve(unborn);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['verified']);
  });

  it('reports a weakened trail and restores a blinded one', async () => {
    const guard = fakeGuard(
      runningTrail(mainTrail, { logFileValidationEnabled: false }),
      runningTrail(trailOf('blind', home), { isMultiRegionTrail: false }),
    );
    guard.approve({ ...runningTrail(), configuration: sampleConfiguration() });
    guard.approve({
      ...runningTrail(trailOf('blind', home)),
      configuration: sampleConfiguration({ name: 'blind' }),
    });
    const { sweep } = sweeping(guard);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['planned', 'verified']);
  });

  it('finds a trail that has vanished', async () => {
    const guard = fakeGuard();
    guard.approve(runningTrail());
    const { sweep } = sweeping(guard);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['planned']);
    expect(guard.records.messages[0]?.kind).toBe('trail-deleted');
  });

  it('starts a trail once the kill switch that kept it stopped is off', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.turnSwitch('changes-stopped');
    await restartStoppedTrail(guard.ports)(stopLogging);
    const { sweep } = sweeping(guard);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['duplicate']);
    guard.turnSwitch('changes-allowed');
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['verified']);
    expect(guard.records.messages.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('restores a weakened trail once that is enabled', async () => {
    const guard = fakeGuard(runningTrail(mainTrail, { logFileValidationEnabled: false }));
    guard.approve({ ...runningTrail(), configuration: sampleConfiguration() });
    await restoreChangedTrail(guard.ports)(apiCall({ eventName: 'UpdateTrail' }));
    guard.setModes({ 'trail-weakened': 'enforce' });
    const { sweep } = sweeping(guard);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['verified']);
  });

  it('tries a failed restart again and does not tell the same failure twice', async () => {
    const guard = fakeGuard(stoppedTrail());
    const start = guard.cloudTrail.start;
    guard.cloudTrail.start = async () => undefined;
    await restartStoppedTrail(guard.ports)(stopLogging);
    const { sweep } = sweeping(guard);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['failed']);
    expect(guard.records.messages).toHaveLength(1);
    guard.cloudTrail.before = (call) => {
      if (call === 'StartLogging') {
        const trail = guard.cloudTrail.held.get(mainTrail.arn);
        if (trail) trail.refused = true;
      }
    };
    guard.cloudTrail.start = start;
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['failed']);
    const trail = guard.cloudTrail.held.get(mainTrail.arn);
    if (trail) trail.refused = false;
    guard.cloudTrail.before = () => undefined;
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['verified']);
    expect(guard.records.messages).toHaveLength(2);
  });

  it('tries a failed restore again', async () => {
    const guard = fakeGuard(runningTrail(mainTrail, { isMultiRegionTrail: false }));
    guard.approve({ ...runningTrail(), configuration: sampleConfiguration() });
    const update = guard.cloudTrail.update;
    guard.cloudTrail.update = async () => undefined;
    const { sweep } = sweeping(guard);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['failed']);
    guard.cloudTrail.update = async (trail) => {
      await guard.cloudTrail.status({ ...trail, arn: 'arn:aws:cloudtrail:::trail/none' });
    };
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['failed']);
    guard.cloudTrail.update = async () => {
      throw new RangeError('throttled');
    };
    expect((await sweep()).problems).toEqual([mainTrail.arn]);
    guard.cloudTrail.update = update;
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['verified']);
    expect(guard.records.messages).toHaveLength(2);
  });

  it('carries on a restart whose function has died', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.cloudTrail.before = (call) => {
      if (call === 'StartLogging') throw new RangeError('killed');
    };
    await expect(restartStoppedTrail(guard.ports)(stopLogging)).rejects.toThrow('killed');
    guard.cloudTrail.before = () => undefined;
    const { sweep } = sweeping(guard);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['duplicate']);
    guard.pass(60);
    expect((await sweep()).outcomes.map(({ result }) => result)).toEqual(['verified', 'duplicate']);
    expect(guard.records.messages).toHaveLength(1);
  });

  it.each([
    ['is gone', (guard: FakeGuard) => guard.cloudTrail.held.delete(mainTrail.arn)],
    [
      'cannot be read any more',
      (guard: FakeGuard) => {
        const trail = guard.cloudTrail.held.get(mainTrail.arn);
        if (trail) trail.refused = true;
      },
    ],
  ])('concludes a restart whose function has died and whose trail %s', async (_what, change) => {
    const guard = fakeGuard(stoppedTrail());
    guard.cloudTrail.before = (call) => {
      if (call === 'StartLogging') throw new RangeError('killed');
    };
    await expect(restartStoppedTrail(guard.ports)(stopLogging)).rejects.toThrow('killed');
    guard.cloudTrail.before = () => undefined;
    change(guard);
    guard.pass(60);
    expect((await sweeping(guard).sweep()).outcomes[0]?.result).toBe('failed');
  });

  it('carries on a restore and a recreation whose functions have died', async () => {
    const gone = trailOf('gone', home);
    const guard = fakeGuard(runningTrail(mainTrail, { isMultiRegionTrail: false }));
    guard.approve({ ...runningTrail(), configuration: sampleConfiguration() });
    guard.approve(runningTrail(gone));
    guard.setModes({ 'trail-deleted': 'enforce' });
    const answer = restoreChangedTrail(guard.ports);
    guard.cloudTrail.before = (call) => {
      if (call === 'UpdateTrail' || call === 'StartLogging') throw new RangeError('killed');
    };
    await expect(answer(apiCall({ eventName: 'UpdateTrail' }))).rejects.toThrow('killed');
    const deletion = apiCall({ eventName: 'DeleteTrail', requestParameters: { name: 'gone' } });
    await expect(answer(deletion)).rejects.toThrow('killed');
    guard.cloudTrail.before = () => undefined;
    guard.pass(60);
    const { outcomes } = await sweeping(guard).sweep();
    expect(outcomes.map(({ result }) => result)).toEqual(['verified', 'verified']);
    expect(guard.cloudTrail.held.get(gone.arn)?.status.isLogging).toBe(true);
  });

  it('tells what a function claimed and died over before it told anybody', async () => {
    const guard = fakeGuard(runningTrail());
    const conclude = guard.records.conclude;
    guard.records.conclude = async () => {
      throw new RangeError('killed');
    };
    const attempt = apiCall({ eventName: 'StopLogging', errorCode: 'AccessDenied' });
    await expect(restartStoppedTrail(guard.ports)(attempt)).rejects.toThrow('killed');
    guard.records.conclude = conclude;
    guard.pass(60);
    expect((await sweeping(guard).sweep()).outcomes.map(({ result }) => result)).toEqual(['told']);
  });

  it('escalates three stops within ten minutes, whoever answered them', async () => {
    const guard = fakeGuard(stoppedTrail());
    for (let count = 0; count < 3; count += 1) {
      await restartStoppedTrail(guard.ports)(stopLogging);
      guard.pass(30);
      if (count < 2) await guard.cloudTrail.stop(mainTrail);
    }
    const { outcomes } = await sweeping(guard).sweep();
    expect(outcomes.map(({ result }) => result)).toEqual(['duplicate', 'planned']);
    expect(guard.records.messages.at(-1)?.plan[0]?.operation).toBe('iam:PutRolePolicy');
  });

  it('goes on when a part fails, and says which', async () => {
    const guard = fakeGuard(
      { ...stoppedTrail(), refused: true },
      stoppedTrail(trailOf('other', home)),
    );
    guard.cloudTrail.before = (call) => {
      if (call === 'ListTrails 222222222222') throw new RangeError('no role');
      if (call === 'DescribeTrails 222222222222 eu-west-1') throw new RangeError('no role');
    };
    const failing = async () => {
      throw new RangeError('down');
    };
    const { sweep, warned } = sweeping(guard, {
      accounts: ['222222222222'],
      writeCanary: failing,
      confirmedSubscriptions: failing,
      baselines: { of: async () => undefined, all: failing },
    });
    const report = await sweep();
    const problems = [
      'canary',
      'baselines',
      'home Regions of 222222222222',
      mainTrail.arn,
      'trails of 222222222222 in eu-west-1',
      'subscriptions',
    ];
    expect([...report.problems].sort()).toEqual(problems.sort());
    expect(warned).toEqual(report.problems);
    expect(report.outcomes.map(({ result }) => result)).toEqual(['verified']);
    expect(guard.measured).toContainEqual({ name: 'SweepProblems', value: 6, unit: 'Count' });
  });

  it('goes on with other open records when one cannot be carried on', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.records.list = async () => {
      throw new RangeError('table is down');
    };
    expect((await sweeping(guard).sweep()).problems).toEqual(['open records']);
  });

  it('says by another way, once a day, that nobody is subscribed', async () => {
    const guard = fakeGuard();
    const { sweep, shouted } = sweeping(guard, { confirmedSubscriptions: async () => 0 });
    await sweep();
    await sweep();
    expect(shouted.map(({ subject }) => subject)).toEqual([
      '[Riposte] ESCALATED: nobody is subscribed to the alerts topic (123456789012, eu-west-1)',
    ]);
    guard.pass(86_400);
    await sweep();
    expect(shouted).toHaveLength(2);
  });

  it('beats its heart', async () => {
    const guard = fakeGuard();
    await sweeping(guard).sweep();
    expect(guard.measured).toContainEqual({ name: 'SweepHeartbeat', value: 1, unit: 'Count' });
    expect(guard.measured).toContainEqual({
      name: 'ConfirmedSubscriptions',
      value: 1,
      unit: 'Count',
    });
  });
});
