import type { ResponseRecord } from '@riposte/findings';

/**
 * A trail that was stopped and runs again.
 *
 * @example
 * responseRecord({ status: 'failed', reason: 'access denied' });
 */
export function responseRecord(changes: Partial<ResponseRecord> = {}): ResponseRecord {
  return {
    schemaVersion: 1,
    id: 'inc-0a1b2c3d4e5f6a7b8c9d',
    service: 'cloudtrail-guard',
    kind: 'trail-stopped',
    status: 'verified',
    revision: 1,
    mode: 'enforce',
    trigger: {
      path: 'api-call',
      eventId: 'e-1',
      eventName: 'StopLogging',
      eventTime: '2026-11-24T13:00:00.000Z',
      receivedAt: '2026-11-24T13:00:00.400Z',
    },
    actor: {
      type: 'AssumedRole',
      issuerArn: 'arn:aws:iam::123456789012:role/Attacker',
      sessionName: 'mallory',
      mfa: false,
      sourceIp: '203.0.113.7',
      userAgent: 'evil\nagent',
    },
    resource: {
      arn: 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/main',
      type: 'AWS::CloudTrail::Trail',
      accountId: '123456789012',
      region: 'eu-west-1',
      partition: 'aws',
    },
    plan: [
      {
        operation: 'cloudtrail:StartLogging',
        what: 'logging',
        before: false,
        after: true,
        reversible: true,
      },
    ],
    calls: [{ operation: 'cloudtrail:StartLogging', at: '2026-11-24T13:00:00.600Z' }],
    before: { isLogging: false },
    after: { isLogging: true },
    verification: {
      verified: true,
      at: '2026-11-24T13:00:00.800Z',
      evidence: 'GetTrailStatus: IsLogging true',
    },
    undo: { possible: true, how: 'stops the trail again' },
    times: {
      broken: '2026-11-24T13:00:00.000Z',
      claimed: '2026-11-24T13:00:00.500Z',
      applied: '2026-11-24T13:00:00.600Z',
      verified: '2026-11-24T13:00:00.800Z',
    },
    message: {
      subject: '[riposte] trail main records again',
      body: 'The trail main was stopped and records again.',
      attributes: { kind: 'trail-stopped', status: 'verified' },
    },
    ...changes,
  };
}

/** The same incident when it has just been claimed: nothing is done yet, and nobody is told. */
export function claimedRecord(changes: Partial<ResponseRecord> = {}): ResponseRecord {
  const {
    after: _after,
    verification: _verification,
    message: _message,
    ...record
  } = responseRecord();
  return {
    ...record,
    status: 'claimed',
    revision: 0,
    calls: [],
    times: { broken: '2026-11-24T13:00:00.000Z', claimed: '2026-11-24T13:00:00.500Z' },
    ...changes,
  };
}
