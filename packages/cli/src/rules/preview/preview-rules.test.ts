import { describe, expect, it } from '@jest/globals';
import { type Finding, parseFinding } from '@riposte/findings';
import { asffFinding, ocsfFinding } from '@riposte/testing';
import { type FakeRule, fakeEngine, fakeRule } from '../../testing/fake-engine.ts';
import { now } from '../../testing/fakes.ts';
import type { FindingSource, Reading } from '../findings/finding-source.ts';
import { previewRules } from './preview-rules.ts';
import { previewText } from './preview-text.ts';

const slack = { name: 'soc', type: 'slack', conversation: 'C1', secret: 's' } as const;

function sourceOf(...batches: readonly (readonly (Finding | Reading)[])[]): FindingSource {
  return {
    name: 'findings.json',
    from: 'file',
    gaps: [],
    async *read() {
      for (const batch of batches)
        yield batch.map((one) => ('finding' in one || 'place' in one ? one : { finding: one }));
    },
  };
}

const asff = (changes: Record<string, unknown> = {}) => parseFinding(asffFinding(changes));
const ocsf = (changes: Record<string, unknown> = {}) => parseFinding(ocsfFinding(changes));

async function preview(
  rules: readonly FakeRule[],
  findings: readonly (Finding | Reading)[],
  limit = 100,
) {
  let time = 0;
  return previewRules({
    engine: fakeEngine(rules, [slack]),
    source: sourceOf(findings),
    folder: 'rules',
    now,
    limit,
    stopwatch: () => (time += 5),
  });
}

const everything = () => true;

describe('a preview of rules', () => {
  it('counts what each rule matches, by severity and account, in the order of the rules', async () => {
    const rules = [
      fakeRule('second', everything, [], { order: 20 }),
      fakeRule('first', ({ severity }) => severity === 'high', [], { order: 10, terminal: true }),
    ];
    const report = await preview(rules, [
      asff(),
      asff({ Id: 'b', Severity: { Label: 'HIGH' } }),
      asff({ Id: 'c', AwsAccountId: '222222222222' }),
    ]);
    expect(report.matches).toMatchObject([
      { rule: 'sample/first', order: 10, terminal: true, findings: 1, bySeverity: { HIGH: 1 } },
      {
        rule: 'sample/second',
        pack: 'sample',
        findings: 3,
        bySeverity: { HIGH: 1, LOW: 2 },
        accounts: {
          total: 2,
          first: [
            { accountId: '123456789012', findings: 2 },
            { accountId: '222222222222', findings: 1 },
          ],
        },
      },
    ]);
    expect(Object.keys(report.matches[1]?.bySeverity ?? {})).toEqual(['HIGH', 'LOW']);
  });

  it('counts a finding once, in however many formats and versions it comes', async () => {
    const rule = fakeRule('all', everything, [{ notify: { channel: 'soc' } }]);
    const report = await preview(
      [rule],
      [asff(), asff(), asff({ UpdatedAt: '2026-11-25T00:00:00Z' }), ocsf()],
    );
    expect(report.findings).toMatchObject({ total: 1, documents: 3, repeated: 1, accounts: 1 });
    expect(report.findings.byFormat).toEqual({ asff: 2, ocsf: 1 });
    expect(report.matches).toMatchObject([{ findings: 1 }]);
    expect(report.told).toMatchObject([{ findings: 1 }]);
  });

  it('shows what would change, before and after, and which rule does it', async () => {
    const rules = [
      fakeRule('raise', everything, [{ update: { severity: 'HIGH', types: ['a', 'b'] } }]),
      fakeRule('own', everything, [
        { update: { workflow: 'NOTIFIED', note: 'yours', userDefinedFields: { owner: 'ann' } } },
      ]),
    ];
    const { changes } = await preview(rules, [asff()]);
    expect(changes).toMatchObject({ total: 1, unchanged: 0, notPossible: [] });
    expect(changes.first[0]?.changes).toEqual([
      { field: 'severity', before: 'LOW', after: 'HIGH', rule: 'sample/raise' },
      { field: 'workflow', before: 'NEW', after: 'NOTIFIED', rule: 'sample/own' },
      { field: 'note', before: null, after: 'yours', rule: 'sample/own' },
      {
        field: 'types',
        before: '["TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled"]',
        after: '["a","b"]',
        rule: 'sample/raise',
      },
      { field: 'userDefinedFields.owner', before: null, after: 'ann', rule: 'sample/own' },
    ]);
    expect(changes.byChange).toContainEqual({
      field: 'severity',
      before: 'LOW',
      after: 'HIGH',
      findings: 1,
    });
    expect(changes.byChange).toContainEqual({
      field: 'note',
      before: null,
      after: null,
      findings: 1,
    });
  });

  it('tells apart what changes nothing, and what a format cannot take', async () => {
    const rule = fakeRule('same', everything, [{ update: { severity: 'LOW', criticality: 5 } }]);
    const { changes } = await preview([rule], [ocsf()]);
    expect(changes).toMatchObject({
      total: 0,
      unchanged: 1,
      notPossible: [{ rule: 'sample/same', format: 'ocsf', field: 'criticality', findings: 1 }],
    });
  });

  it('says who would be told, and of what nobody is told any more', async () => {
    const rule = fakeRule('tell', everything, [
      { notify: { channel: 'soc', escalate: [{ after: '30m', channel: 'pager' }] } },
      { ticket: { channel: 'nowhere' } },
    ]);
    const report = await preview(
      [rule],
      [
        asff(),
        asff({ Id: 'b', RecordState: 'ARCHIVED' }),
        asff({ Id: 'c', Compliance: { Status: 'PASSED' } }),
      ],
    );
    expect(report.told).toEqual([
      expect.objectContaining({ channel: 'nowhere', type: 'unknown', kind: 'ticket' }),
      {
        channel: 'soc',
        type: 'slack',
        kind: 'message',
        findings: 1,
        closed: 2,
        bySeverity: { LOW: 1 },
        rules: ['sample/tell'],
        escalations: ['pager after 30m'],
      },
    ]);
  });

  it('holds to be closed what its rules close', async () => {
    const rules = [
      fakeRule('tell', everything, [{ notify: { channel: 'soc' } }]),
      fakeRule('close', everything, [{ update: { workflow: 'SUPPRESSED' } }]),
    ];
    expect((await preview(rules, [asff()])).told).toMatchObject([{ findings: 0, closed: 1 }]);
  });

  it('says what would run; what changes nothing runs for closed findings too', async () => {
    const rule = fakeRule('act', everything, [
      { remediate: { action: 's3-block' } },
      { automation: { document: 'AWS-Isolate' } },
      { invoke: { function: 'triage' } },
      { queue: { url: 'https://queue' } },
      { event: { bus: 'soc' } },
      { tag: { tags: { seen: 'yes', by: 'riposte' } } },
      { evidence: {} },
      { evidence: { frameworks: ['PCI DSS'] } },
      { enrich: { with: ['owner', 'risk'] } },
    ]);
    const { actions } = await preview([rule], [asff({ Workflow: { Status: 'RESOLVED' } })]);
    const ran = actions.map(({ action, target, findings }) => `${action} ${target}: ${findings}`);
    expect(ran).toEqual([
      'evidence PCI DSS: 1',
      'evidence frameworks of the control: 1',
      'queue https://queue: 1',
      'enrich owner, risk: 1',
      'event soc: 1',
      'invoke triage: 1',
      'automation AWS-Isolate: 0',
      'remediate s3-block: 0',
      'tag seen=yes, by=riposte: 0',
    ]);
  });

  it('names findings that no rule matches, in either format', async () => {
    const rule = fakeRule('ocsf', ({ format }) => format === 'ocsf', []);
    const alone = asff({ Id: 'alone', Types: ['A/B'] });
    const { unmatched } = await preview([rule], [asff(), ocsf(), alone]);
    expect(unmatched).toMatchObject({
      total: 1,
      bySeverity: { LOW: 1 },
      byKind: [{ kind: 'A/B', findings: 1 }],
      first: [{ id: 'alone' }],
    });
  });

  it('says why rules matched nothing', async () => {
    const never = () => false;
    const rules = [
      fakeRule('off', never, [], { enabled: false }),
      fakeRule('old', never, [], { expires: '2026-01-01' }),
      fakeRule('none', never, []),
      fakeRule('ocsf', never, [], { when: { all: [{ ocsf: {} }] } }),
      fakeRule('either', never, [], { when: { any: [{ asff: {} }, { ocsf: {} }] } }),
      fakeRule('open', never, [], { when: { any: [{ ocsf: {} }, { always: true }] } }),
      fakeRule('not', never, [], { when: { not: { ocsf: {} } } }),
    ];
    const { silent } = await preview(rules, [asff()]);
    expect(silent.map(({ rule, why }) => `${rule.slice(7)}: ${why}`)).toEqual([
      'off: not enabled',
      'old: expired 2026-01-01',
      'none: no finding matches',
      'ocsf: asks for OCSF findings, and there are none',
      'either: no finding matches',
      'open: no finding matches',
      'not: asks for OCSF findings, and there are none',
    ]);
  });

  it('lists the first of many, and says how many there are', async () => {
    const rule = fakeRule('all', everything, [{ update: { severity: 'HIGH' } }]);
    const many = Array.from({ length: 30 }, (_, at) => asff({ Id: `f${at}` }));
    const report = await preview([rule], many, 3);
    expect(report.changes).toMatchObject({ total: 30 });
    expect(report.changes.first).toHaveLength(3);
    expect(report.matches[0]?.examples).toHaveLength(3);
  });

  it('goes on after what cannot be read, and says where it is', async () => {
    const report = await preview([], [{ place: 'line 3', problem: 'is not JSON' }, asff()]);
    expect(report.unreadable).toEqual({
      total: 1,
      first: [{ place: 'line 3', problem: 'is not JSON' }],
    });
    expect(report.findings.total).toBe(1);
  });

  it('says how long it took', async () => {
    expect((await preview([], [asff()])).timings).toEqual({ read: 10, evaluate: 5, report: 5 });
  });
});

describe('a preview on a terminal', () => {
  const rules = [
    fakeRule('raise', everything, [
      { update: { severity: 'HIGH', userDefinedFields: { a: 'b' } } },
      { notify: { channel: 'soc', escalate: [{ after: '5m', channel: 'pager' }] } },
      { remediate: { action: 's3-block' } },
    ]),
    fakeRule('never', () => false, []),
  ];

  it('shows every part, and no control character of a finding', async () => {
    const report = await preview(rules, [
      asff({ Title: 'odd \u001b[31m\u202e title' }),
      ocsf({ finding_info: { uid: 'o', title: 'two' } }),
      { place: 'line 9', problem: 'is not JSON' },
    ]);
    const text = previewText(report);
    for (const words of [
      'Rules     rules: 2 rules in 1 pack, version ffffffffffff',
      '2 findings in 1 account (1 ASFF, 1 OCSF)',
      'MATCHES  1 of 2 rules',
      'odd \\u{1b}[31m\\u{202e} title',
      'WOULD CHANGE  2 findings',
      'sample/raise sets userDefinedFields, which ocsf findings cannot take (1 finding)',
      'pager after 5m',
      's3-block',
      'RULES THAT MATCH NOTHING  1',
      'line 9: is not JSON',
      'Nothing was done. Read in 10 ms, evaluated in 5 ms.',
    ])
      expect(text).toContain(words);
  });

  it('fits the width', async () => {
    const long = asff({ Title: 'word '.repeat(60) });
    const text = previewText(await preview(rules, [long]), 80);
    const tables = text.split('\n').filter((line) => /^(ORDER|CHANNEL|FIELD| +\d)/.test(line));
    expect(tables.length).toBeGreaterThan(3);
    for (const line of tables) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('is short where nothing matches', async () => {
    const text = previewText(await preview([], [asff()]));
    expect(text).toContain('no rule matches any finding');
    expect(text).toContain('NO RULE MATCHES  1 finding: 1 LOW');
    expect(text).not.toContain('WOULD');
  });

  it('cuts long lists', async () => {
    const many = Array.from({ length: 25 }, (_, at) => ({ place: `line ${at}`, problem: 'no' }));
    const silent = Array.from({ length: 25 }, (_, at) => fakeRule(`r${at}`, () => false, []));
    const text = previewText(await preview(silent, many));
    expect(text.match(/… and 5 more/g)).toHaveLength(2);
  });
});
