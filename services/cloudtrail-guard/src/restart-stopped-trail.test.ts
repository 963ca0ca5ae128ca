import { describe, expect, it } from '@jest/globals';
import { trailOf } from '@riposte/remediations/cloudtrail';
import { restartStoppedTrail } from './restart-stopped-trail.ts';
import { fakeGuard, home, mainTrail, runningTrail, stoppedTrail } from './testing/fake-guard.ts';
import { apiCall } from './testing/sample-events.ts';

const stopLogging = apiCall({ eventName: 'StopLogging' });

describe('restartStoppedTrail', () => {
  it('starts a stopped trail, proves it and tells people once', async () => {
    const guard = fakeGuard(stoppedTrail());
    const [outcome] = await restartStoppedTrail(guard.ports)(stopLogging);
    expect(outcome?.result).toBe('verified');
    expect(guard.cloudTrail.calls).toEqual(['GetTrailStatus', 'StartLogging', 'GetTrailStatus']);
    const [record] = [...guard.records.held.values()];
    expect(record).toMatchObject({
      status: 'verified',
      revision: 1,
      kind: 'trail-stopped',
      before: { isLogging: false, stoppedAt: '2026-11-24T02:59:59.000Z' },
      after: { isLogging: true },
      actor: { issuerArn: 'arn:aws:iam::123456789012:role/Admin', mfa: false },
      times: { broken: '2026-11-24T02:59:59.000Z', verified: '2026-11-24T03:00:00.000Z' },
    });
    expect(record?.calls.map(({ operation }) => operation)).toEqual([
      'cloudtrail:StartLogging',
      'cloudtrail:GetTrailStatus',
    ]);
    expect(guard.records.messages).toHaveLength(1);
  });

  it('acts in the name of the record', async () => {
    const guard = fakeGuard(stoppedTrail());
    const [outcome] = await restartStoppedTrail(guard.ports)(stopLogging);
    expect(guard.cloudTrail.onBehalfOf).toEqual(['read', outcome?.incident]);
  });

  it('measures the time from the stop to the proof, and the answer', async () => {
    const guard = fakeGuard(stoppedTrail());
    await restartStoppedTrail(guard.ports)(stopLogging);
    expect(guard.measured).toEqual([
      { name: 'Answers', value: 1, unit: 'Count', dimensions: { kind: 'trail-stopped' } },
      { name: 'TimeToVerified', value: 1000, unit: 'Milliseconds' },
    ]);
  });

  it('changes and says nothing more for twenty duplicates', async () => {
    const guard = fakeGuard(stoppedTrail());
    const answer = restartStoppedTrail(guard.ports);
    await answer(stopLogging);
    for (let count = 0; count < 20; count += 1) {
      expect((await answer(stopLogging))[0]?.result).toBe('duplicate');
    }
    expect(guard.records.messages).toHaveLength(1);
    expect(guard.cloudTrail.calls.filter((call) => call === 'StartLogging')).toHaveLength(1);
  });

  it('answers a second stop within the same tick of the clock', async () => {
    const guard = fakeGuard(stoppedTrail());
    const answer = restartStoppedTrail(guard.ports);
    await answer(stopLogging);
    guard.cloudTrail.held.set(mainTrail.arn, stoppedTrail());
    expect((await answer(stopLogging))[0]?.result).toBe('verified');
    expect(guard.records.held.size).toBe(2);
  });

  it('starts a trail that is stopped while an earlier stop is looked up', async () => {
    const guard = fakeGuard(stoppedTrail());
    const answer = restartStoppedTrail(guard.ports);
    await answer(stopLogging);
    const again = stoppedTrail();
    guard.cloudTrail.held.set(mainTrail.arn, again);
    guard.cloudTrail.before = (call) => {
      const seen = guard.cloudTrail.calls.filter((made) => made === 'GetTrailStatus').length;
      if (call === 'GetTrailStatus' && seen === 4) {
        again.status = { isLogging: false, stoppedAt: '2026-11-24T03:00:00.000Z' };
      }
    };
    expect((await answer(stopLogging))[0]?.result).toBe('verified');
    expect(guard.cloudTrail.held.get(mainTrail.arn)?.status.isLogging).toBe(true);
  });

  it('answers a role of Riposte, and an application id that imitates it, like anybody else', async () => {
    const guard = fakeGuard(stoppedTrail());
    const own = {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::123456789012:assumed-role/riposte-cloudtrail-guard-dev-restart-trail/x',
      sessionContext: {
        sessionIssuer: {
          arn: 'arn:aws:iam::123456789012:role/riposte-cloudtrail-guard-dev-restart-trail',
        },
      },
    };
    const event = apiCall({
      eventName: 'StopLogging',
      userIdentity: own,
      userAgent: 'aws-sdk-js/3 app/riposte-restart-trail',
    });
    expect((await restartStoppedTrail(guard.ports)(event))[0]?.result).toBe('verified');
  });

  it('finds a trail by its ARN in another Region, and by a shadow name', async () => {
    const elsewhere = trailOf('main', { ...home, region: 'us-east-1' });
    const guard = fakeGuard(stoppedTrail(elsewhere));
    const answer = restartStoppedTrail(guard.ports);
    expect((await answer(stopLogging))[0]).toMatchObject({
      result: 'verified',
      resource: elsewhere.arn,
    });
    expect(guard.cloudTrail.calls).toContain('DescribeTrails');
  });

  it('says that a trail is gone, and starts nothing', async () => {
    const guard = fakeGuard();
    expect((await restartStoppedTrail(guard.ports)(stopLogging))[0]?.result).toBe('told');
    expect(guard.records.messages[0]?.message?.body).toContain('not there any more');
  });

  it('says that a trail is gone when its home does not know it either', async () => {
    const guard = fakeGuard(stoppedTrail(trailOf('main', { ...home, region: 'us-east-1' })));
    guard.cloudTrail.locate = async () => trailOf('main', { ...home, region: 'eu-north-1' });
    expect((await restartStoppedTrail(guard.ports)(stopLogging))[0]?.result).toBe('told');
  });

  it('tells a failed attempt once an hour and principal', async () => {
    const guard = fakeGuard(runningTrail());
    const attempt = apiCall({
      eventName: 'StopLogging',
      errorCode: 'AccessDenied',
      errorMessage: 'no\nnewline',
    });
    const answer = restartStoppedTrail(guard.ports);
    expect((await answer(attempt))[0]?.result).toBe('told');
    expect((await answer(attempt))[0]?.result).toBe('duplicate');
    expect(guard.records.messages[0]?.message?.body).toContain('no\\u{a}newline');
    expect(guard.cloudTrail.calls).toEqual([]);
  });

  it.each([
    ['principal', { principal: 'arn:aws:iam::123456789012:role/Admin' }],
    ['trail', { resource: mainTrail.arn }],
  ])('leaves a trail stopped for an exempt %s, and says so', async (_what, exemption) => {
    const guard = fakeGuard(stoppedTrail());
    guard.exempt(exemption);
    expect((await restartStoppedTrail(guard.ports)(stopLogging))[0]?.result).toBe('told');
    expect(guard.cloudTrail.calls).toEqual(['GetTrailStatus']);
    expect(guard.records.messages[0]?.message?.body).toContain('is exempt');
  });

  it('leaves a trail stopped while the kill switch is on', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.turnSwitch('changes-stopped');
    expect((await restartStoppedTrail(guard.ports)(stopLogging))[0]).toMatchObject({
      result: 'told',
      reason: 'the kill switch is on: no change is made',
    });
    expect(guard.cloudTrail.calls).toEqual(['GetTrailStatus']);
  });

  it('starts a trail although the settings cannot be read, and says that', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.breakSettings('AccessDeniedException');
    expect((await restartStoppedTrail(guard.ports)(stopLogging))[0]?.result).toBe('verified');
    expect(guard.records.messages[0]?.message?.body).toContain('settings could not be read');
  });

  it('only says what it would do in dry-run, and nothing when off', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.setModes({ 'trail-stopped': 'dry-run' });
    const answer = restartStoppedTrail(guard.ports);
    expect((await answer(stopLogging))[0]?.result).toBe('planned');
    expect(guard.records.messages[0]?.message?.body).toContain('cloudtrail:StartLogging');
    guard.setModes({ 'trail-stopped': 'off' });
    expect((await answer(stopLogging))[0]?.result).toBe('off');
  });

  it('tells people and gives up for good when AWS refuses the restart', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.cloudTrail.before = (call) => {
      const trail = guard.cloudTrail.held.get(mainTrail.arn);
      if (call === 'StartLogging' && trail) trail.refused = true;
    };
    await expect(restartStoppedTrail(guard.ports)(stopLogging)).rejects.toMatchObject({
      name: 'AccessRefusedError',
      retryable: false,
    });
    expect(guard.records.messages[0]).toMatchObject({ status: 'failed', revision: 1 });
  });

  it('tells people that a trail cannot be read, and gives up for good', async () => {
    const guard = fakeGuard({ ...stoppedTrail(), refused: true });
    await expect(restartStoppedTrail(guard.ports)(stopLogging)).rejects.toMatchObject({
      name: 'AccessRefusedError',
    });
    expect(guard.records.messages[0]).toMatchObject({ kind: 'trail-unreadable', status: 'failed' });
  });

  it('leaves the claim open when a call may work later, and carries on once the lease is over', async () => {
    const guard = fakeGuard(stoppedTrail());
    const answer = restartStoppedTrail(guard.ports);
    guard.cloudTrail.before = (call) => {
      if (call === 'StartLogging') throw new RangeError('throttled');
    };
    await expect(answer(stopLogging)).rejects.toThrow('throttled');
    guard.cloudTrail.before = () => undefined;
    expect((await answer(stopLogging))[0]?.result).toBe('duplicate');
    guard.pass(60);
    expect((await answer(stopLogging))[0]?.result).toBe('verified');
    expect(guard.records.messages).toHaveLength(1);
  });

  it('proves a restart that died before it was concluded', async () => {
    const guard = fakeGuard(stoppedTrail());
    const answer = restartStoppedTrail(guard.ports);
    const conclude = guard.records.conclude;
    guard.records.conclude = async () => {
      throw new RangeError('killed');
    };
    await expect(answer(stopLogging)).rejects.toThrow('killed');
    guard.records.conclude = conclude;
    guard.pass(60);
    expect((await answer(stopLogging))[0]?.result).toBe('verified');
    expect(guard.cloudTrail.calls.filter((call) => call === 'StartLogging')).toHaveLength(1);
  });

  it('fails when the trail does not log after the restart', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.cloudTrail.start = async () => undefined;
    expect((await restartStoppedTrail(guard.ports)(stopLogging))[0]?.result).toBe('failed');
  });

  it('tells a stop that somebody else has ended already', async () => {
    const trail = stoppedTrail();
    const status = { ...trail.status, isLogging: true, startedAt: '2026-11-24T02:59:59.500Z' };
    const guard = fakeGuard({ ...trail, status });
    expect((await restartStoppedTrail(guard.ports)(stopLogging))[0]?.result).toBe('told');
    expect(guard.records.messages[0]?.message?.body).toContain('not by Riposte');
  });

  it('does nothing about a trail that never was stopped', async () => {
    const guard = fakeGuard(runningTrail());
    expect((await restartStoppedTrail(guard.ports)(stopLogging))[0]?.result).toBe('nothing');
    expect(guard.records.held.size).toBe(0);
  });

  it('escalates the third stop within ten minutes with a plan against the actor, once', async () => {
    const guard = fakeGuard(stoppedTrail());
    const answer = restartStoppedTrail(guard.ports);
    const results: (readonly string[])[] = [];
    for (let count = 0; count < 4; count += 1) {
      results.push((await answer(stopLogging)).map(({ result }) => result));
      guard.pass(60);
      await guard.cloudTrail.stop(mainTrail);
    }
    expect(results).toEqual([['verified'], ['verified'], ['verified', 'planned'], ['verified']]);
    const escalation = guard.records.messages.find(
      ({ kind }) => kind === 'trail-stopped-repeatedly',
    );
    expect(escalation?.message?.subject).toMatch(/^\[Riposte\] ESCALATED/);
    expect(escalation?.plan[0]?.operation).toBe('iam:PutRolePolicy');
  });

  it('forgets stops that are older than ten minutes', async () => {
    const guard = fakeGuard(stoppedTrail());
    const answer = restartStoppedTrail(guard.ports);
    for (let count = 0; count < 4; count += 1) {
      expect(await answer(stopLogging)).toHaveLength(1);
      guard.pass(700);
      await guard.cloudTrail.stop(mainTrail);
    }
  });

  it('rejects what is no StopLogging, naming the field', async () => {
    const { ports } = fakeGuard();
    const answer = restartStoppedTrail(ports);
    await expect(answer(apiCall({ eventName: 'StartLogging' }))).rejects.toMatchObject({
      path: 'detail.eventName',
    });
    await expect(
      answer(apiCall({ eventName: 'StopLogging', requestParameters: {} })),
    ).rejects.toMatchObject({ path: 'detail.requestParameters.name' });
  });
});
