import type { RecordedCall } from '@riposte/local-stage';
import type { Measurement } from '../result.ts';
import { logsAgain } from './answer-time.ts';

/**
 * What precedes StartLogging: one look at the trail, one conditional write that claims the incident, and meanwhile the settings. Anything
 * else could have waited.
 *
 * @param calls of all functions of Riposte, in the order in which they began.
 */
export function callsBeforeRestart(calls: readonly RecordedCall[]): readonly Measurement[] {
  const before = calls
    .slice(0, calls.findIndex(logsAgain.is))
    .filter(({ operation }) => operation !== 'GetParameters');
  const reads = before.filter(({ operation }) => operation === 'GetTrailStatus').length;
  const claims = before.filter(
    ({ operation, parameters }) => operation === 'PutItem' && 'ConditionExpression' in parameters,
  ).length;
  const others = before.length - reads - claims;
  return [
    { case: 'before the restart: reads of the trail', unit: 'calls', ours: reads, limit: 1 },
    { case: 'before the restart: conditional writes', unit: 'calls', ours: claims, limit: 1 },
    {
      case: 'before the restart: other calls, events, messages',
      unit: 'calls',
      ours: others,
      limit: 0,
    },
  ];
}
