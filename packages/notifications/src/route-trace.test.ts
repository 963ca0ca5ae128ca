import { describe, expect, it } from '@jest/globals';
import { parseFinding } from '@riposte/findings';
import type { TimeInterval } from '@riposte/rules';
import {
  type Acknowledgement,
  alertOf,
  due,
  factsOf,
  fingerprintOf,
  inhibitionKeys,
  inhibitorsByKey,
  labelsOf,
  receive,
  routeOf,
  routeTrace,
  routeTraceText,
  silenceOf,
  type TraceRequest,
  type TraceState,
  usualChanges,
} from './index.ts';
import { channels, usualGroup } from './testing/alerts.ts';

const at = new Date('2026-01-05T12:00:00Z');
const document = {
  Id: 'bucket-1',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  GeneratorId: 'security-control/S3.8',
  AwsAccountId: '123456789012',
  Title: 'One is public',
  Types: [],
  Severity: { Label: 'HIGH' },
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::one' }],
};
const finding = (changes: object = {}) => parseFinding({ ...document, ...changes });
const trace = (changes: Partial<TraceRequest> = {}, own: object = {}) =>
  routeTrace({
    finding: finding(),
    notices: [{ rule: 'pack/buckets', notify: { channel: 'chat', group: usualGroup, ...own } }],
    ruleSet: { channels, inhibitions: [], timeIntervals: [] },
    at,
    ...changes,
  });

const rule = { id: 'pack/buckets' };
const notify = { channel: 'chat', group: usualGroup };

/** What the store holds after the finding came in at 12:00 and was told at 12:00:30. */
function toldState(acknowledgement?: Acknowledgement): TraceState {
  const labels = labelsOf(finding(), {}, rule);
  const given = alertOf(finding(), {
    channel: 'chat',
    labels,
    fingerprint: fingerprintOf(finding(), usualChanges),
    facts: factsOf(finding(), rule.id),
    observedAt: at.toISOString(),
  });
  const { alert, group } = receive({}, given, routeOf(notify, rule.id, channels, labels), at);
  if (!alert || !group) throw new Error('not received');
  const environment = {
    silences: [],
    inhibitions: [],
    inhibitors: inhibitorsByKey([]),
    timeIntervals: [],
    counters: [],
  };
  const flush = due(group, [alert], new Date(at.getTime() + 30_000), environment);
  const told = { ...alert, ...flush.marks[0]?.marks };
  return {
    groups: [flush.group],
    alerts: [acknowledgement ? { ...told, acknowledgement } : told],
  };
}

describe('routeTrace', () => {
  it('says whom a finding reaches, when, and in which group', () => {
    const escalate = [{ after: '30m', channel: 'pager' }];
    const [route] = trace({}, { escalate }).routes;
    expect(route).toMatchObject({
      rule: 'pack/buckets',
      channel: 'chat',
      group: { values: { account: '123456789012' }, open: 0 },
      outcome: 'told',
      events: [
        { kind: 'received', at: '2026-01-05T12:00:00.000Z' },
        { kind: 'told', at: '2026-01-05T12:00:30.000Z', status: 'firing', total: 1 },
      ],
      escalation: [{ at: '2026-01-05T12:30:30.000Z', channel: 'pager' }],
    });
  });

  it('puts it in words', () => {
    const escalate = [{ after: '30m', channel: 'pager' }];
    expect(routeTraceText(trace({}, { escalate }))).toBe(
      [
        'HIGH One is public',
        'at 2026-01-05T12:00:00.000Z',
        '',
        'pack/buckets -> chat: told',
        '  group account=123456789012 (new)',
        '  2026-01-05T12:00:00.000Z  comes in',
        '  2026-01-05T12:00:30.000Z  firing message, 1 finding',
        '  2026-01-05T12:30:30.000Z  pager, if nobody acknowledges it',
        '',
      ].join('\n'),
    );
  });

  it('names the silence, its author and reason, and goes on until it ends', () => {
    const silence = silenceOf({
      matchers: [{ label: 'resourceType', op: '=', value: 'AwsS3Bucket' }],
      startsAt: '2026-01-05T00:00:00Z',
      endsAt: '2026-01-06T00:00:00Z',
      author: 'ada',
      reason: 'migration',
    });
    const traced = trace({ state: { silences: [silence] } });
    expect(traced.routes[0]?.events.map(({ at: when, kind }) => `${when} ${kind}`)).toEqual([
      '2026-01-05T12:00:00.000Z received',
      '2026-01-05T12:00:30.000Z held',
      '2026-01-06T00:00:00.000Z told',
    ]);
    expect(routeTraceText(traced)).toContain(
      `silenced by ${silence.id} (ada: migration) until 2026-01-06T00:00:00.000Z`,
    );
  });

  it('names the inhibition and the finding behind it', () => {
    const worse = {
      name: 'worse',
      source: [{ label: 'severity', op: '=', value: 'CRITICAL' }],
      target: [{ label: 'severity', op: '=', value: 'HIGH' }],
      equal: ['resource'],
    } as const;
    const labels = { severity: 'CRITICAL', resource: 'arn:aws:s3:::one' };
    const [source] = inhibitionKeys({ finding: 'policy', labels }, [worse]).source;
    if (!source) throw new Error('no source');
    const entry = { ...source, finding: 'policy', title: 'Policy', expiresAt: '2027-01-01' };
    const ruleSet = { channels, inhibitions: [worse], timeIntervals: [] };
    const traced = trace({ ruleSet, state: { inhibitors: [entry] } });
    expect(traced.routes[0]?.outcome).toBe('held');
    expect(routeTraceText(traced)).toContain('inhibited by worse (Policy (policy))');
  });

  it('names the muted hours and the message after them', () => {
    const lunch: TimeInterval = { name: 'lunch', ranges: [{ times: ['12:00-13:00'] }] };
    const ruleSet = { channels, inhibitions: [], timeIntervals: [lunch] };
    expect(routeTraceText(trace({ ruleSet }, { mute: ['lunch'] }))).toContain(
      [
        '  2026-01-05T12:00:30.000Z  muted by lunch until 2026-01-05T13:00:00.000Z',
        '  2026-01-05T13:00:00.000Z  firing message, 1 finding',
      ].join('\n'),
    );
    expect(routeTraceText(trace({ ruleSet }, { active: ['lunch'] }))).toContain('firing message');
  });

  it('says that a limit puts it into a digest', () => {
    const limited = channels.map((channel) => ({ ...channel, maxPerHour: 1 }));
    const ruleSet = { channels: limited, inhibitions: [], timeIntervals: [] };
    const traced = trace({ ruleSet });
    expect(traced.routes[0]?.outcome).toBe('digest');
    expect(routeTraceText(traced)).toContain(
      'over the limit of the channel: in the digest of 2026-01-05T12:01:30.000Z',
    );
  });

  it('says that nobody is told of what is over before anybody was', () => {
    const over = trace({ finding: finding({ RecordState: 'ARCHIVED' }) });
    expect(over.routes[0]).toMatchObject({ outcome: 'silent end', status: 'resolved' });
    expect(routeTraceText(over)).toContain('is over; nobody is told');
  });

  it('says that no rule tells anybody', () => {
    expect(routeTraceText(trace({ notices: [] }))).toContain('No rule tells anybody.');
  });

  it('escapes what the provider wrote', () => {
    const text = routeTraceText(trace({ finding: finding({ Title: 'a\u001b[31m\nb' }) }));
    expect(text).not.toContain('\u001b');
    expect(text.split('\n')).toHaveLength(8);
  });

  const later = new Date('2026-01-05T12:10:00Z');

  it('says since when nothing has changed', () => {
    const state = toldState();
    const before = JSON.stringify(state);
    const again = trace({ state, at: later });
    expect(again.routes[0]).toMatchObject({ group: { open: 1 }, outcome: 'unchanged' });
    expect(routeTraceText(again)).toContain(
      'nothing that the rule names has changed since 2026-01-05T12:00:30.000Z',
    );
    expect(JSON.stringify(state)).toBe(before);
  });

  it('says whom it goes to next, when nobody acknowledges what is told already', () => {
    const escalate = [{ after: '1h', channel: 'pager' }];
    const told = toldState();
    const groups = told.groups?.map((group) => ({
      ...group,
      policy: {
        ...group.policy,
        escalate: [{ after: 3_600_000, channel: 'pager', keepsIncidents: true }],
      },
      escalation: { since: '2026-01-05T12:00:30.000Z', level: 0 },
    }));
    const state = { ...told, ...(groups && { groups }) };
    // Settings of a channel are no part of a group's key.
    const limited = channels.map((one) => (one.name === 'chat' ? { ...one, escalate } : one));
    const ruleSet = { channels: limited, inhibitions: [], timeIntervals: [] };
    expect(trace({ state, at: later, ruleSet }).routes[0]).toMatchObject({
      outcome: 'unchanged',
      escalation: [{ at: '2026-01-05T13:00:30.000Z', channel: 'pager' }],
    });
  });

  it('names the group that it leaves, and takes its acknowledgement along', () => {
    const taken = { by: 'ada', at: '2026-01-05T12:05:00.000Z', via: 'slack' } as const;
    const alerts = toldState(taken).alerts?.map((one) => ({ ...one, groupKey: 'grp-before' }));
    const moved = trace({ state: { ...(alerts && { alerts }) }, at: later });
    expect(moved.routes[0]).toMatchObject({
      leaves: 'grp-before',
      outcome: 'told',
      events: [{}, { status: 'acknowledged' }],
    });
    expect(routeTraceText(moved)).toContain('it leaves the group grp-before, which hears of it');
  });

  it('tells of a change that the rule names', () => {
    const worse = finding({ Severity: { Label: 'CRITICAL' } });
    expect(trace({ finding: worse, state: toldState(), at: later }).routes[0]).toMatchObject({
      outcome: 'told',
      group: { open: 1, values: { account: '123456789012' } },
      events: [{ kind: 'received' }, { kind: 'told', at: '2026-01-05T12:10:30.000Z' }],
    });
  });

  it('says who has acknowledged it', () => {
    const taken = { by: 'ada', at: '2026-01-05T12:05:00.000Z', via: 'slack' } as const;
    const first = toldState(taken);
    const [route] = trace({ state: first, at: later }).routes;
    expect(route).toMatchObject({ outcome: 'told', events: [{}, { status: 'acknowledged' }] });
    const told = first.alerts?.map(({ telling, told: _, ...rest }) => ({
      ...rest,
      ...(telling && {
        told: { ...telling, acknowledged: { at: taken.at, severity: 'HIGH' as const } },
      }),
    }));
    const state = { ...first, ...(told && { alerts: told }) };
    const quiet = trace({
      finding: finding({ Workflow: { Status: 'NOTIFIED' } }),
      state,
      at: later,
    });
    expect(quiet.routes[0]?.outcome).toBe('held');
    expect(routeTraceText(quiet)).toContain(
      'acknowledged by ada (slack, 2026-01-05T12:05:00.000Z)',
    );
  });
});
