import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Told } from './headline.ts';
import { claimOf, nothingToUndo, trailResource } from './incident.ts';
import type { Kind } from './kinds.ts';
import { restartUndo } from './known-incident.ts';
import { renderMessage } from './message.ts';
import { mainTrail } from './testing/fake-guard.ts';
import type { Trigger } from './trigger.ts';

const trigger: Trigger = {
  path: 'api-call',
  eventId: 'e-1',
  eventName: 'StopLogging',
  eventTime: '2026-11-24T02:59:58Z',
  receivedAt: '2026-11-24T03:00:00.000Z',
  actor: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::123456789012:assumed-role/Admin/mallory',
    issuerArn: 'arn:aws:iam::123456789012:role/Admin',
    sessionName: 'mallory',
    accessKeyId: 'ASIAEXAMPLE',
    mfa: false,
    sourceIp: '198.51.100.7',
    userAgent: 'aws-cli/2.31',
  },
};

function record(kind: Kind, changes: Partial<Told> = {}): Told {
  const incident = {
    kind,
    discriminator: 'x',
    resource: trailResource(mainTrail),
    trigger,
    mode: 'notify' as const,
    plan: [],
    before: {},
    undo: nothingToUndo,
  };
  return {
    ...claimOf(incident, new Date('2026-11-24T03:00:00Z')),
    status: 'told',
    revision: 1,
    ...changes,
  };
}

const restarted = record('trail-stopped', {
  status: 'verified',
  mode: 'enforce',
  plan: [
    {
      operation: 'cloudtrail:StartLogging',
      what: 'logging',
      before: false,
      after: true,
      reversible: true,
    },
  ],
  after: { isLogging: true, latestDeliveryError: 'AccessDenied' },
  verification: {
    verified: true,
    at: '2026-11-24T03:00:00.400Z',
    evidence: 'GetTrailStatus: IsLogging true since 2026-11-24T03:00:00.300Z',
  },
  undo: restartUndo,
  times: {
    broken: '2026-11-24T02:59:58.100Z',
    claimed: '2026-11-24T03:00:00.100Z',
    applied: '2026-11-24T03:00:00.300Z',
    verified: '2026-11-24T03:00:00.400Z',
  },
});

describe('renderMessage', () => {
  it('says first what happened, what was done, and that the trail records again', () => {
    const { subject, body } = renderMessage(restarted, 'dev');
    expect(subject).toBe('[Riposte] REPAIRED: trail main was stopped (123456789012, eu-west-1)');
    expect(body.split('\n').slice(0, 3)).toEqual([
      'CloudTrail trail "main" was stopped at 2026-11-24 02:59:58 UTC.',
      'Riposte started it again, 2.2 s after it was broken.',
      'The trail RECORDS AGAIN (GetTrailStatus: IsLogging true since 2026-11-24T03:00:00.300Z).',
    ]);
  });

  it.each([
    [
      'the gap and where to read it',
      'GAP: 2026-11-24 02:59:58 UTC to 2026-11-24 03:00:00 UTC (2.2 s)',
    ],
    ['that delivery is checked', 'whether log files arrive is checked fifteen minutes from now'],
    ['that one Region was read', 'other Regions are not read'],
    ['a delivery error', 'LatestDeliveryError AccessDenied'],
    ['the principal', 'Principal: arn:aws:iam::123456789012:role/Admin'],
    ['the session', 'Session: mallory'],
    ['MFA', 'MFA: no'],
    ['the address', 'IP address: 198.51.100.7'],
    ['the user agent', 'User agent (their own words): aws-cli/2.31'],
    ['the call', 'API call: StopLogging'],
    ['when it was called', 'Called at: 2026-11-24 02:59:58 UTC'],
    ['how long the proof took', 'From the call to proof: 2.4 s'],
    ['the change', 'cloudtrail:StartLogging: logging: false -> true'],
    ['a link to the trail', '#/trails/arn:aws:cloudtrail:eu-west-1:123456789012:trail/main'],
    ['a link to Event history', '#/events?ResourceName=main'],
    ['how to exempt the trail', `add "${mainTrail.arn}" to "exemptResources"`],
    ['how to exempt the principal', 'role/Admin" to "exemptPrincipals"'],
    ['where', 'SSM parameter /riposte/dev/cloudtrail-guard/settings'],
    ['how to stop everything', '/riposte/dev/kill-switch to "on"'],
    ['how to undo', `riposte responses undo ${restarted.id}`],
    ['the incident', `Incident: ${restarted.id} (mode enforce)`],
  ])('says %s', (_what, words) => {
    expect(renderMessage(restarted, 'dev').body).toContain(words);
  });

  it('carries attributes for filter policies', () => {
    expect(renderMessage(restarted, 'dev').attributes).toEqual({
      service: 'cloudtrail-guard',
      kind: 'trail-stopped',
      status: 'verified',
      severity: 'high',
      account: '123456789012',
      region: 'eu-west-1',
      trail: 'main',
      incident: restarted.id,
    });
  });

  it.each<[string, Told, string, string]>([
    [
      'exempt',
      record('trail-stopped', { reason: 'the trail is exempt' }),
      'TOLD: trail main was stopped',
      'Nothing was changed: the trail is exempt.',
    ],
    [
      'failed',
      record('trail-stopped', { status: 'failed', reason: 'access is refused' }),
      'FAILED: trail main was stopped',
      'aws cloudtrail start-logging --region eu-west-1 --name',
    ],
    [
      'failed without a reason',
      record('trail-weakened', { status: 'failed' }),
      'FAILED: trail main was weakened',
      'the state read back is not the wanted one',
    ],
    [
      'failed delivery check',
      record('trail-stopped', { status: 'failed', revision: 2, reason: 'no log file has arrived' }),
      'ESCALATED: trail main was stopped',
      'no log file has arrived',
    ],
    [
      'planned',
      record('trail-weakened', { status: 'planned', plan: restarted.plan, reason: 'dry-run' }),
      'NOT CHANGED: trail main was weakened',
      'The answer would be: cloudtrail:StartLogging.',
    ],
    ['blinded', record('trail-blinded', {}), 'trail main was blinded', 'as good as a stop'],
    ['deleted', record('trail-deleted', {}), 'trail main was deleted', 'DOES NOT EXIST'],
    [
      'repeated',
      record('trail-stopped-repeatedly', { status: 'planned' }),
      'ESCALATED: trail main is stopped again and again',
      'three times or more within ten minutes',
    ],
    [
      'attempt',
      record('trail-attempt', {}),
      'attempt to tamper with main',
      'Somebody tried StopLogging',
    ],
    ['unreadable', record('trail-unreadable', {}), 'trail main cannot be read', 'is NOT KNOWN'],
    [
      'storage',
      record('trail-storage', {}),
      'storage of a trail was changed',
      'Log files may be lost',
    ],
    ['self', record('self-tamper', {}), 'Riposte or its senses were changed', 'riposte doctor'],
    ['no subscriber', record('no-subscriber', {}), 'ESCALATED: nobody is subscribed', 'Confirm a'],
  ])('has words for %s', (_what, told, subject, body) => {
    const message = renderMessage(told, 'dev');
    expect(message.subject).toContain(subject);
    expect(message.body).toContain(body);
  });

  it('says that a trail records which somebody else started', () => {
    const verification = { verified: true, at: '2026-11-24T03:00:00Z', evidence: 'IsLogging true' };
    const { body } = renderMessage(record('trail-stopped', { verification }), 'dev');
    expect(body).toContain('The trail RECORDS AGAIN (IsLogging true).');
  });

  it('says so when nobody knows who it was, and names the finding that told', () => {
    const { actor: _actor, ...nobody } = record('trail-stopped');
    expect(renderMessage(nobody, 'dev').body).toContain('Not known: nobody told Riposte');
    const finding = { format: 'asff' as const, id: 'f-1', accountId: '1', region: 'r' };
    expect(renderMessage({ ...nobody, finding }, 'dev').body).toContain('Finding: f-1 (asff)');
  });

  it('names calls of which nothing but the time of hearing is known', () => {
    const told = record('trail-attempt', { trigger: { path: 'sweep', receivedAt: 'no time' } });
    const { body } = renderMessage(told, 'dev');
    expect(body).toContain('Somebody tried a change');
    expect(body).toContain('Riposte heard at: no time by sweep');
    for (const kind of ['trail-storage', 'self-tamper'] as const) {
      expect(renderMessage({ ...told, kind }, 'dev').body).toContain('A change was called');
    }
  });

  it('has words for a kind and a status of a later version', () => {
    const later = { ...record('trail-stopped'), kind: 'later', status: 'undone' as const };
    expect(renderMessage(later, 'dev').subject).toBe(
      '[Riposte] undone: main (123456789012, eu-west-1)',
    );
  });

  it.each([
    ['aws-cn', 'cn-north-1', 'https://console.amazonaws.cn/cloudtrailv2'],
    ['aws-us-gov', 'us-gov-west-1', 'https://console.amazonaws-us-gov.com/cloudtrailv2'],
  ])('links to the console of %s', (partition, region, link) => {
    const arn = `arn:${partition}:cloudtrail:${region}:123456789012:trail/main`;
    const resource = { ...restarted.resource, arn, partition, region };
    expect(renderMessage({ ...restarted, resource }, 'dev').body).toContain(link);
  });

  it('keeps every line its own, whatever a caller calls itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.constant('\ud800\n  MFA: yes')),
        (hostile) => {
          const actor = {
            ...trigger.actor,
            sessionName: hostile,
            userAgent: hostile,
            issuerArn: hostile,
          };
          const arn = `arn:aws:x:::trail/${hostile}`;
          const resource = { ...restarted.resource, arn, region: hostile, accountId: hostile };
          const told = { ...restarted, actor, resource, reason: hostile };
          const { subject, body } = renderMessage(told, 'dev');
          expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
          const shown = ['MFA', 'API call', 'Incident'].map((label) => `\n  ${label}: `);
          for (const label of shown) expect(body.split(label)).toHaveLength(2);
          expect(body).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
        },
      ),
    );
  });
});
