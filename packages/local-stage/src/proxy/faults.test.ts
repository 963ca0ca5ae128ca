import { describe, expect, it } from '@jest/globals';
import { createFaults } from './faults.ts';
import type { CallIdentity } from './types.ts';

const call: CallIdentity = {
  service: 'cloudtrail',
  operation: 'StartLogging',
  protocol: 'json',
  appId: 'riposte-restart-trail',
  userAgent: '',
  accountId: '123456789012',
  region: 'us-east-1',
  accessKeyId: '123456789012',
};

describe('faults', () => {
  it('hit the calls that match every member of a rule', () => {
    const faults = createFaults();
    faults.add({ appId: 'riposte-restart-trail', operation: 'StartLogging', effect: 'deny' });
    expect(faults.pick(call)?.effect).toBe('deny');
    expect(faults.pick({ ...call, operation: 'StopLogging' })).toBeUndefined();
    expect(faults.pick({ ...call, appId: 'riposte-sweep' })).toBeUndefined();
    expect(faults.hits()).toBe(1);
  });

  it('stop after as many hits as asked for, and start after as many calls', () => {
    const faults = createFaults();
    faults.add({ effect: 'error', count: 2, skip: 1 });
    const picked = [1, 2, 3, 4].map(() => faults.pick(call)?.effect);
    expect(picked).toEqual([undefined, 'error', 'error', undefined]);
  });

  it('hit by chance, the same for the same seed', () => {
    const run = () => {
      const faults = createFaults();
      faults.seed(42);
      faults.add({ effect: 'throttle', probability: 0.1 });
      return Array.from({ length: 1000 }, () => faults.pick(call) !== undefined);
    };
    const first = run();
    expect(run()).toEqual(first);
    const hits = first.filter(Boolean).length;
    expect(hits).toBeGreaterThan(60);
    expect(hits).toBeLessThan(140);
  });

  it('go one by one, or all at once', () => {
    const faults = createFaults();
    const remove = faults.add({ effect: 'timeout' });
    faults.add({ effect: 'kill' });
    remove();
    expect(faults.pick(call)?.effect).toBe('kill');
    faults.clear();
    expect(faults.pick(call)).toBeUndefined();
    expect(faults.hits()).toBe(0);
  });
});
