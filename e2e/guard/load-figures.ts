import type { ResponseRecord } from '@riposte/findings';
import type { RecordedCall } from '@riposte/local-stage';

/** What is known of a load after it. */
export interface Load {
  readonly records: readonly ResponseRecord[];
  readonly calls: readonly RecordedCall[];
  /** Messages that came a second time. */
  readonly repeats: number;
  /** Functions that died between sending a message and their commit. */
  readonly deaths: number;
  sweeps: number;
  durationMs: number;
}

/** The figures of a load, a line each. */
export function loadFigures(load: Partial<Load> & Pick<Load, 'records' | 'calls'>): string {
  const { records, calls, repeats, deaths, sweeps, durationMs = 0 } = load;
  const own = calls.filter(({ appId }) => appId?.startsWith('riposte-'));
  const failed = own.filter(({ fault }) => fault !== undefined).length;
  const throttled = own.filter(
    ({ errorCode, fault }) => fault === undefined && errorCode === 'ThrottlingException',
  ).length;
  const fromStop = sorted(records, ({ times }) => [times.broken, times.verified]);
  const fromEvent = sorted(records, ({ times, trigger }) => [trigger.receivedAt, times.verified]);
  return [
    '',
    `load: ${records.length} stops in 40 account-Regions, in ${seconds(durationMs)}`,
    `  calls: ${own.length}; failed by injection: ${failed}; throttled as AWS does: ${throttled}`,
    `  sweeps that were needed: ${sweeps}; messages repeated: ${repeats} (outbox died ${deaths} times between sending and commit)`,
    `  from the stop to its proof: median ${seconds(percentile(fromStop, 50))}, p99 ${seconds(percentile(fromStop, 99))}`,
    `  from the event to the proof: median ${seconds(percentile(fromEvent, 50))}, p99 ${seconds(percentile(fromEvent, 99))}`,
    '',
  ].join('\n');
}

function sorted(
  records: readonly ResponseRecord[],
  span: (record: ResponseRecord) => readonly (string | undefined)[],
): readonly number[] {
  return records
    .map(span)
    .map(([from = '', to = '']) => Date.parse(to) - Date.parse(from))
    .sort((one, other) => one - other);
}

/** The smallest value that so many percent do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  return values[Math.max(0, Math.ceil((values.length * percent) / 100) - 1)] ?? Number.NaN;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
