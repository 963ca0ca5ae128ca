import { describe, expect, it } from '@jest/globals';
import type { ResponseMessage } from '@riposte/findings';
import { type FakeGuard, fakeGuard } from './testing/fake-guard.ts';
import { apiCall, type CallSample } from './testing/sample-events.ts';
import { type SelfPorts, watchOwnHouse } from './watch-own-house.ts';

const disableRule: CallSample = {
  eventName: 'DisableRule',
  eventSource: 'events.amazonaws.com',
  requestParameters: { name: 'riposte-cloudtrail-guard-dev-rule-1' },
};

function watching(guard: FakeGuard = fakeGuard(), changes: Partial<SelfPorts> = {}) {
  const alerts: ResponseMessage[] = [];
  const lastResort: ResponseMessage[] = [];
  const speaker = (heard: ResponseMessage[]) => async (message: ResponseMessage) => {
    heard.push(message);
  };
  const watch = watchOwnHouse({
    ...guard.ports,
    loudspeakers: [speaker(alerts), speaker(lastResort)],
    own: { stage: 'dev', known: ['arn:aws:kms:eu-west-1:123456789012:key/state-key', ''] },
    wait: () => new Promise(() => undefined),
    ...changes,
  });
  return { guard, watch, alerts, lastResort };
}

describe('watchOwnHouse', () => {
  it.each<[string, CallSample]>([
    ['a rule', disableRule],
    [
      'a function, under a name with a date',
      {
        eventName: 'PutFunctionConcurrency20171031',
        eventSource: 'lambda.amazonaws.com',
        requestParameters: {
          functionName:
            'arn:aws:lambda:eu-west-1:123456789012:function:riposte-cloudtrail-guard-dev-restart-trail',
        },
      },
    ],
    [
      'a function, under a name with a version',
      {
        eventName: 'UpdateFunctionConfiguration20150331v2',
        eventSource: 'lambda.amazonaws.com',
        requestParameters: { functionName: 'riposte-foundation-dev-outbox' },
      },
    ],
    [
      'a subscription',
      {
        eventName: 'Unsubscribe',
        eventSource: 'sns.amazonaws.com',
        requestParameters: {
          subscriptionArn: 'arn:aws:sns:eu-west-1:123456789012:riposte-foundation-dev-alerts:5f',
        },
      },
    ],
    [
      'a key that is known by its ARN alone',
      {
        eventName: 'DisableKey',
        eventSource: 'kms.amazonaws.com',
        requestParameters: { keyId: 'state-key' },
      },
    ],
    [
      'an event source mapping, named in the answer only',
      {
        eventName: 'DeleteEventSourceMapping20150331',
        eventSource: 'lambda.amazonaws.com',
        requestParameters: { uUID: '1' },
        responseElements: {
          functionArn:
            'arn:aws:lambda:eu-west-1:123456789012:function:riposte-foundation-dev-outbox',
        },
      },
    ],
    [
      'the kill switch',
      {
        eventName: 'PutParameter',
        eventSource: 'ssm.amazonaws.com',
        requestParameters: { name: '/riposte/dev/kill-switch' },
      },
    ],
    [
      'a sense',
      {
        eventName: 'DeleteDetector',
        eventSource: 'guardduty.amazonaws.com',
        requestParameters: { detectorId: 'd-1' },
      },
    ],
  ])('tells of a change to %s over both ways', async (_what, call) => {
    const { guard, watch, alerts, lastResort } = watching();
    expect((await watch(apiCall(call)))[0]?.result).toBe('told');
    expect(alerts).toHaveLength(1);
    expect(lastResort).toEqual(alerts);
    const [record] = [...guard.records.held.values()];
    expect(record).toMatchObject({ kind: 'self-tamper', status: 'told', revision: 1 });
    expect(guard.records.messages).toEqual([]);
  });

  it.each<[string, CallSample]>([
    ['a rule of somebody else', { ...disableRule, requestParameters: { name: 'nightly' } }],
    [
      'a rule of another stage',
      { ...disableRule, requestParameters: { name: 'riposte-foundation-prod-rule' } },
    ],
    ['a call that takes nothing away', { ...disableRule, eventName: 'EnableRule' }],
    ['a service that is not watched', { ...disableRule, eventSource: 'constructor' }],
    ['a call without parameters', { ...disableRule, requestParameters: {} }],
  ])('passes over %s', async (_what, call) => {
    const { watch, alerts } = watching();
    expect(await watch(apiCall(call))).toEqual([]);
    expect(alerts).toEqual([]);
  });

  it('says nothing twice', async () => {
    const { watch, alerts } = watching();
    await watch(apiCall(disableRule));
    expect((await watch(apiCall(disableRule)))[0]?.result).toBe('duplicate');
    expect(alerts).toHaveLength(1);
  });

  it('counts the canary that comes back, and tells nobody', async () => {
    const { guard, watch, alerts } = watching();
    const canary = apiCall({
      eventName: 'PutParameter',
      eventSource: 'ssm.amazonaws.com',
      requestParameters: { name: '/riposte/dev/cloudtrail-guard/canary' },
    });
    expect(await watch(canary)).toEqual([]);
    expect(guard.measured).toEqual([{ name: 'CanaryReturned', value: 1, unit: 'Count' }]);
    expect(alerts).toEqual([]);
  });

  it('tells people although the state table fails, or does not answer', async () => {
    for (const claim of [
      async () => {
        throw new RangeError('table is gone');
      },
      () => new Promise<never>(() => undefined),
    ]) {
      const guard = fakeGuard();
      guard.records.claim = claim;
      const { watch, alerts } = watching(guard, { wait: async () => undefined });
      expect((await watch(apiCall(disableRule)))[0]).toMatchObject({
        result: 'told',
        reason: expect.stringContaining('not recorded'),
      });
      expect(alerts).toHaveLength(1);
    }
  });

  it('is content with one way to people, and fails without any', async () => {
    const failing = async () => {
      throw new RangeError('topic is gone');
    };
    const heard: ResponseMessage[] = [];
    const speaker = async (message: ResponseMessage) => {
      heard.push(message);
    };
    const { guard, watch } = watching(fakeGuard(), { loudspeakers: [failing, speaker] });
    expect((await watch(apiCall(disableRule)))[0]?.result).toBe('told');
    expect(guard.measured).toContainEqual({ name: 'UntoldWays', value: 1, unit: 'Count' });
    const mute = watching(fakeGuard(), { loudspeakers: [failing, failing] });
    await expect(mute.watch(apiCall(disableRule))).rejects.toMatchObject({
      name: 'UntoldError',
      retryable: true,
    });
  });

  it('tells of the many changes of an exempt deployment once an hour, and of the settings each time', async () => {
    const guard = fakeGuard();
    guard.exempt({ principal: 'arn:aws:iam::123456789012:role/Admin' });
    const { watch, alerts } = watching(guard);
    for (const name of ['a', 'b', 'c']) {
      const requestParameters = { name: `riposte-foundation-dev-${name}` };
      await watch(apiCall({ ...disableRule, requestParameters, eventID: name }));
    }
    expect(alerts).toHaveLength(1);
    for (const eventID of ['d', 'e']) {
      const requestParameters = { name: '/riposte/dev/cloudtrail-guard/settings' };
      const eventSource = 'ssm.amazonaws.com';
      await watch(apiCall({ eventName: 'PutParameter', eventSource, requestParameters, eventID }));
    }
    expect(alerts).toHaveLength(3);
  });

  it('tells failed attempts of a principal once an hour', async () => {
    const { watch, alerts } = watching();
    for (const eventID of ['a', 'b']) {
      await watch(apiCall({ ...disableRule, errorCode: 'AccessDenied', eventID }));
    }
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.body).toContain('failed with AccessDenied');
  });

  it('is silenced neither by a mode nor by unreadable settings', async () => {
    const guard = fakeGuard();
    guard.setModes({ 'self-tamper': 'off' });
    expect((await watching(guard).watch(apiCall(disableRule)))[0]?.result).toBe('told');
    const blind = fakeGuard();
    blind.breakSettings('AccessDenied');
    expect((await watching(blind).watch(apiCall(disableRule)))[0]?.result).toBe('told');
  });

  it('does not get lost in hostile parameters', async () => {
    const { watch } = watching();
    const deep = Array.from({ length: 50 }).reduce<unknown>((inner) => [inner], 'riposte-x-dev-y');
    const many = Array.from({ length: 5000 }, (_, index) => `name-${index}`);
    expect(await watch(apiCall({ ...disableRule, requestParameters: { deep, many } }))).toEqual([]);
  });
});
