import type { FindingState } from '../finding-state.ts';

/** What the router remembers of a finding that was told once. */
export function sampleState(changes: Partial<FindingState> = {}): FindingState {
  const seen = { updatedAt: '2026-11-25T09:00:00.000Z', eventTime: '2026-11-25T09:00:01Z' };
  return {
    key: 'key-1',
    version: 1,
    seen: { asff: seen },
    firstSeen: seen.updatedAt,
    life: { openSince: seen.eventTime, acknowledged: false, stands: { asff: 'open' } },
    facts: {
      key: 'key-1',
      format: 'asff',
      id: 'finding-1',
      title: 'A trail was disabled',
      severity: 'LOW',
      accountId: '123456789012',
      region: 'eu-west-1',
      resource: 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/main',
      rule: 'pack/tell',
      since: seen.updatedAt,
    },
    effects: {
      'pack/tell#0.0': {
        kind: 'notify',
        format: 'asff',
        fingerprint: 'f1',
        channel: 'soc',
        key: 'alr-1',
        open: true,
      },
    },
    pending: [{ queue: 'alerts', id: 'rpm-1', group: 'alr-1', body: { kind: 'alert' } }],
    ...changes,
  };
}
