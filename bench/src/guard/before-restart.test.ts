import { describe, expect, it } from '@jest/globals';
import type { RecordedCall } from '@riposte/local-stage';
import { callsBeforeRestart } from './before-restart.ts';

function call(operation: string, parameters: RecordedCall['parameters'] = {}): RecordedCall {
  return {
    ...{ id: 1, time: '2026-01-01T00:00:00.000Z', durationMs: 1, service: 'any', operation },
    ...{ userAgent: '', accountId: '123456789012', region: 'us-east-1', accessKeyId: '' },
    ...{ parameters, status: 200 },
  };
}

const claim = call('PutItem', { ConditionExpression: 'attribute_not_exists(pk)' });
const counts = (...calls: readonly RecordedCall[]) =>
  callsBeforeRestart(calls).map(({ ours }) => ours);

describe('callsBeforeRestart', () => {
  it('counts one read and one conditional write; the settings are read meanwhile', () => {
    const calls = [call('GetTrailStatus'), call('GetParameters'), claim, call('StartLogging')];
    expect(counts(...calls)).toEqual([1, 1, 0]);
  });

  it('does not count what comes after the restart', () => {
    expect(counts(call('StartLogging'), call('GetTrailStatus'), call('Publish'))).toEqual([
      0, 0, 0,
    ]);
  });

  it('counts a message, an event and a write without a condition as what could have waited', () => {
    const calls = [call('Publish'), call('PutEvents'), call('PutItem'), call('StartLogging')];
    expect(counts(...calls)).toEqual([0, 0, 3]);
  });
});
