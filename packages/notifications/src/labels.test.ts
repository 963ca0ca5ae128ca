import { describe, expect, it } from '@jest/globals';
import { parseFinding } from '@riposte/findings';
import { alertOf, fingerprintOf, labelsOf, routeOf, standingOf, usualChanges } from './index.ts';
import { alert, channels } from './testing/alerts.ts';

const rule = { id: 'pack/buckets' };
const asff = (changes: object = {}) =>
  parseFinding({
    SchemaVersion: '2018-10-08',
    Id: 'finding-1',
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
    ProductName: 'Security Hub',
    GeneratorId: 'security-control/S3.8',
    AwsAccountId: '123456789012',
    Region: 'eu-west-1',
    Title: 'S3.8 Buckets block public access',
    Description: 'A bucket is public.',
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    CreatedAt: '2026-01-05T10:00:00Z',
    UpdatedAt: '2026-01-05T11:00:00Z',
    Severity: { Label: 'HIGH' },
    Resources: [
      { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::one', Tags: { team: 'web' } },
      { Type: 'AwsAccount', Id: 'AWS::::Account:123456789012' },
    ],
    Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ProductFields: { resourceOwner: 'payments-team' },
    ...changes,
  });
const ocsf = (changes: object = {}) =>
  parseFinding({
    class_uid: 2003,
    activity_id: 1,
    severity_id: 4,
    status_id: 1,
    status: 'New',
    cloud: { account: { uid: '123456789012' }, region: 'eu-west-1' },
    finding_info: { uid: 'finding-1', title: 'S3.8 Buckets block public access' },
    metadata: { product: { uid: 'arn:aws:securityhub:eu-west-1::productv2/aws/securityhub' } },
    compliance: { control: 'S3.8', status: 'Fail', status_id: 3 },
    resources: [{ uid: 'arn:aws:s3:::one', type: 'AwsS3Bucket' }],
    ...changes,
  });

describe('labelsOf', () => {
  it('names what findings are grouped by', () => {
    expect(labelsOf(asff(), { owner: 'ada', team: 'payments' }, rule)).toEqual({
      finding: '123456789012|eu-west-1|aws/securityhub|finding-1',
      account: '123456789012',
      region: 'eu-west-1',
      control: 'S3.8',
      resource: 'arn:aws:s3:::one',
      resourceType: 'AwsS3Bucket',
      owner: 'ada',
      team: 'payments',
      severity: 'HIGH',
      product: 'Security Hub',
      rule: 'pack/buckets',
      type: 'Software and Configuration Checks/Industry and Regulatory Standards',
    });
  });

  it('reads dotted paths of the document: lists fan out, numbers pick one', () => {
    const names = [
      'ProductFields.resourceOwner',
      'Resources.Type',
      'Resources.0.Tags.team',
      'Compliance.Nothing',
      'constructor.name',
    ];
    expect(labelsOf(asff(), {}, rule, names)).toMatchObject({
      'ProductFields.resourceOwner': 'payments-team',
      'Resources.Type': 'AwsAccount, AwsS3Bucket',
      'Resources.0.Tags.team': 'web',
    });
    expect(Object.keys(labelsOf(asff(), {}, rule, names))).not.toContain('constructor.name');
    expect(Object.keys(labelsOf(asff(), {}, rule, names))).not.toContain('Compliance.Nothing');
  });

  it('keeps labels small', () => {
    const long = asff({ Resources: [{ Id: 'x'.repeat(100_000) }] });
    expect(labelsOf(long, {}, rule).resource).toHaveLength(1_024);
    const many = Array.from({ length: 10_000 }, (_, count) => ({ Id: `id-${count}` }));
    expect(labelsOf(asff({ Resources: many }), {}, rule, ['Resources.Id'])['Resources.Id']).toMatch(
      /^id-0, id-1(, id-\d){8}$/,
    );
  });
});

describe('standingOf', () => {
  it.each([
    ['open', asff()],
    ['acknowledged', asff({ Workflow: { Status: 'NOTIFIED' } })],
    ['resolved', asff({ Workflow: { Status: 'RESOLVED' } })],
    ['resolved', asff({ Workflow: { Status: 'SUPPRESSED' } })],
    ['resolved', asff({ RecordState: 'ARCHIVED' })],
    ['resolved', asff({ Compliance: { Status: 'PASSED' } })],
    ['open', asff({ Compliance: { Status: 'WARNING' } })],
    ['open', ocsf()],
    ['acknowledged', ocsf({ status_id: 2, status: 'In Progress' })],
    ['acknowledged', ocsf({ status_id: undefined, status: 'In Progress' })],
    ['resolved', ocsf({ status_id: 3 })],
    ['resolved', ocsf({ status_id: 4 })],
    ['resolved', ocsf({ status_id: 5 })],
    ['resolved', ocsf({ activity_id: 3 })],
    ['resolved', ocsf({ compliance: { control: 'S3.8', status: 'Pass' } })],
  ])('reads %s', (status, finding) => {
    expect(standingOf(finding).status).toBe(status);
  });

  it('reads archived findings of GuardDuty', () => {
    const finding = {
      accountId: '123456789012',
      region: 'eu-west-1',
      id: 'guardduty-1',
      type: 'Recon:EC2/PortProbeUnprotectedPort',
      severity: 8,
      service: { archived: true },
      resource: {},
    };
    expect(standingOf(parseFinding(finding)).status).toBe('resolved');
  });
});

describe('fingerprintOf', () => {
  const all = [
    ...(['severity', 'workflow', 'recordState', 'compliance'] as const),
    ...(['resources', 'title', 'owner', 'risk'] as const),
  ];
  const context = { owner: 'ada', team: 'payments' };
  const before = fingerprintOf(asff(), all, { context, riskScore: 42 });

  it.each([
    ['severity', asff({ Severity: { Label: 'LOW' } }), {}],
    ['workflow', asff({ Workflow: { Status: 'NOTIFIED' } }), {}],
    ['recordState', asff({ RecordState: 'ARCHIVED' }), {}],
    ['compliance', asff({ Compliance: { Status: 'PASSED' } }), {}],
    ['resources', asff({ Resources: [{ Id: 'arn:aws:s3:::two' }] }), {}],
    ['title', asff({ Title: 'Another' }), {}],
    ['owner', asff(), { context: { owner: 'bob', team: 'payments' } }],
    ['owner', asff(), { context: { owner: 'ada', team: 'web' } }],
    ['risk', asff(), { riskScore: 50 }],
  ] as const)('changes with %s, where it is named', (kind, finding, beside) => {
    const known = { context, riskScore: 42, ...beside };
    expect(fingerprintOf(finding, all, known)).not.toBe(before);
    const others = all.filter((other) => other !== kind);
    expect(fingerprintOf(finding, others, known)).toBe(
      fingerprintOf(asff(), others, { context, riskScore: 42 }),
    );
  });

  it('stays when the finding is published again, whatever else moves', () => {
    const again = asff({
      UpdatedAt: '2026-01-06T11:00:00Z',
      Description: 'Other words.',
      Note: { Text: 'seen', UpdatedBy: 'ada', UpdatedAt: '2026-01-06T11:00:00Z' },
    });
    expect(fingerprintOf(again, all, { context, riskScore: 49 })).toBe(before);
    expect(fingerprintOf(asff(), all.toReversed(), { context, riskScore: 42 })).toBe(before);
  });

  it('is the same for both copies of a finding', () => {
    const kinds = [...usualChanges, 'compliance'] as const;
    expect(fingerprintOf(ocsf(), kinds)).toBe(fingerprintOf(asff(), kinds));
    expect(fingerprintOf(ocsf({ status_id: 2 }), kinds)).toBe(
      fingerprintOf(asff({ Workflow: { Status: 'NOTIFIED' } }), kinds),
    );
  });
});

describe('alertOf', () => {
  const { facts } = alert();
  const alerting = { channel: 'chat', labels: {}, fingerprint: 'fp', facts };

  it('is one alert for both copies of a finding, and another for each rule and channel', () => {
    const keys = [
      alertOf(asff(), { ...alerting, observedAt: '2026-01-05T12:00:00Z' }),
      alertOf(ocsf(), { ...alerting, observedAt: '2026-01-05T12:00:00Z' }),
      alertOf(asff(), { ...alerting, channel: 'pager', observedAt: '2026-01-05T12:00:00Z' }),
      alertOf(asff(), {
        ...alerting,
        facts: { ...facts, rule: 'pack/other' },
        observedAt: '2026-01-05T12:00:00Z',
      }),
    ].map(({ key }) => key);
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(3);
  });

  it('writes times so that they compare as text', () => {
    const observedAt = '2026-01-05T14:00:00+02:00';
    const made = alertOf(asff({ RecordState: 'ARCHIVED' }), { ...alerting, observedAt });
    expect(made).toMatchObject({
      status: 'resolved',
      startsAt: '2026-01-05T10:00:00.000Z',
      updatedAt: '2026-01-05T12:00:00.000Z',
      endsAt: '2026-01-05T12:00:00.000Z',
    });
  });
});

describe('routeOf', () => {
  const labels = { account: '123456789012', region: 'eu-west-1', rule: 'pack/one', owner: 'ada' };
  const among = channels.map((channel) => ({
    ...channel,
    group: { by: ['owner'], wait: '1m', interval: '10m' },
    resolved: false,
  }));
  const keyOf = (notify: Parameters<typeof routeOf>[0], id = 'pack/one', known = labels) =>
    routeOf(notify, id, among, known).key;

  it('takes the channel’s settings where the rule has none, and defaults where neither has', () => {
    expect(routeOf({ channel: 'chat' }, 'pack/one', among, labels).policy).toMatchObject({
      by: ['owner'],
      wait: 60_000,
      interval: 600_000,
      resolved: false,
      keepsIncidents: false,
      escalate: [],
    });
    expect(routeOf({ channel: 'pager' }, 'pack/one', channels, labels).policy).toMatchObject({
      by: ['account', 'region', 'rule'],
      wait: 30_000,
      interval: 300_000,
      resolved: true,
      keepsIncidents: true,
    });
  });

  it('shares groups among rules that only name the channel', () => {
    expect(keyOf({ channel: 'chat' })).toBe(keyOf({ channel: 'chat' }, 'pack/two'));
    expect(keyOf({ channel: 'chat', on: ['title'] })).toBe(keyOf({ channel: 'chat' }, 'pack/two'));
    expect(keyOf({ channel: 'chat' })).not.toBe(keyOf({ channel: 'pager' }));
    expect(keyOf({ channel: 'chat' }, 'pack/one', { ...labels, owner: 'bob' })).not.toBe(
      keyOf({ channel: 'chat' }),
    );
  });

  it('gives a rule that says how its own groups, which tuning does not move', () => {
    const own = { channel: 'chat', group: { by: ['owner'], wait: '5s', interval: '1m' } };
    const tuned = {
      ...own,
      group: { by: ['owner'], wait: '1h', interval: '2h' },
      mute: ['nights'],
    };
    expect(keyOf(own)).not.toBe(keyOf({ channel: 'chat' }));
    expect(keyOf(own)).not.toBe(keyOf(own, 'pack/two'));
    expect(keyOf(own)).toBe(keyOf(tuned));
  });

  it('sorts escalations by their time, with the hours and limits of their channels', () => {
    const escalate = [
      { after: '2h', channel: 'boss' },
      { after: '30m', channel: 'pager' },
    ];
    const muted = among.map((channel) => ({ ...channel, mute: ['nights'], maxPerHour: 5 }));
    const { policy } = routeOf({ channel: 'chat', escalate }, 'pack/one', muted, labels);
    expect(policy.escalate).toEqual([
      { after: 1_800_000, channel: 'pager', keepsIncidents: true, mute: ['nights'], maxPerHour: 5 },
      { after: 7_200_000, channel: 'boss', keepsIncidents: false, mute: ['nights'], maxPerHour: 5 },
    ]);
  });

  it('refuses a channel that nobody described, and a duration that is none', () => {
    expect(() => keyOf({ channel: 'nowhere' })).toThrow("no channel is named 'nowhere'");
    const escalate = [{ after: 'soon', channel: 'pager' }];
    expect(() => keyOf({ channel: 'chat', escalate })).toThrow("'soon' is no duration");
  });
});
