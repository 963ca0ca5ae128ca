import { describe, expect, it } from '@jest/globals';
import { parseFinding } from '@riposte/findings';
import { type Action, compileRules, type Rule } from '@riposte/rules';
import { asffFinding, guardDutyFinding, ocsfFinding } from '@riposte/testing';
import { fakeEngine, fakeRule } from '../../testing/fake-engine.ts';
import { now } from '../../testing/fakes.ts';
import type { FindingSource } from '../findings/finding-source.ts';
import { previewRules } from '../preview/preview-rules.ts';
import { previewText } from '../preview/preview-text.ts';
import { outcomeOf } from './outcome-of.ts';

const bucket = 'arn:aws:s3:::payments';
const asff = (changes: object = {}) => parseFinding(asffFinding({ ...changes }));
const onBucket = (Tags: Readonly<Record<string, string>>, changes: object = {}) =>
  asff({ Resources: [{ Type: 'AwsS3Bucket', Id: bucket, Tags }], ...changes });

const engineOf = (...then: readonly Action[]) => fakeEngine([fakeRule('all', () => true, then)]);
const outcome = (finding: ReturnType<typeof asff>, ...then: readonly Action[]) =>
  outcomeOf(engineOf(...then), finding, { now });

const risk: Action = { enrich: { with: ['owner', 'history', 'cve', 'risk'], setSeverity: true } };

describe('templates of an update', () => {
  it('are filled in with the finding as the rules leave it', () => {
    const note = '{{ finding.severity }} in {{ document.AwsAccountId }}, by {{ finding.rule }}';
    const { update, after } = outcome(
      asff(),
      { update: { severity: 'HIGH' } },
      { update: { note, userDefinedFields: { where: '{{ resources[0].id }}' }, types: ['a/b'] } },
    );
    expect(update.note).toBe('HIGH in 123456789012, by sample/all');
    expect(after.note?.text).toBe(update.note);
    expect(update.userDefinedFields?.where).toBe('AWS::IAM::AccessKey:AKIAEXAMPLE');
    expect(update.types).toEqual(['a/b']);
  });

  it('show what a finding says in visible characters', () => {
    const { update } = outcome(asff({ Title: 'odd \u202e{{ x }}' }), {
      update: { note: 'about {{ finding.title }}' },
    });
    expect(update.note).toBe('about odd \\u{202e}{{ x }}');
  });
});

describe('enrichment without a deployment', () => {
  it('scores what is known, says what is not, and lowers no severity', () => {
    const harmless = {
      Owner: 'ann',
      Team: 'blue',
      Env: 'dev',
      Criticality: 'low',
      DataClassification: 'public',
    };
    const finding = onBucket(harmless, { Vulnerabilities: [{ Id: 'CVE-2021-44228' }] });
    const { update, riskScore, context, unasked } = outcome(finding, risk);
    expect(riskScore).toBe(10);
    expect(context).toMatchObject({ owner: 'ann', environment: 'dev' });
    expect(update.severity).toBe('LOW');
    expect(update.userDefinedFields).toMatchObject({
      'riposte:risk-score': '10',
      'riposte:history': 'unknown',
      'riposte:kev': 'unknown',
      'riposte:epss': 'unknown',
      'riposte:unknown': expect.stringContaining('the history was not read; KEV was not read'),
    });
    expect(unasked).toEqual(['the history was not read', 'KEV was not read', 'EPSS was not read']);
  });

  it('raises a severity for what the finding itself says', () => {
    const { update, riskScore } = outcome(
      onBucket({ Env: 'prod', Criticality: 'tier 1', DataClassification: 'pci' }),
      risk,
    );
    expect(riskScore).toBe(43);
    expect(update.severity).toBe('MEDIUM');
  });

  it('counts the history where it was read', () => {
    const entry = {
      ...{ resource: bucket, control: 'x', version: 1, count: 5, open: {} },
      ...{ firstAt: '2026-01-02T00:00:00Z', lastAt: '2026-05-02T00:00:00Z' },
    };
    const finding = onBucket({});
    const known = outcomeOf(engineOf(risk), finding, { now, history: { entry } });
    expect(known.riskScore).toBe((outcome(finding, risk).riskScore ?? 0) + 6);
    expect(known.unasked).toEqual(['live tags were not read']);
  });

  it('lets rules that read as it stands see the score’s severity', () => {
    const rules: readonly Rule[] = [
      {
        ...{ id: 'p/score', name: 'score', order: 1, enabled: true, terminal: false },
        branches: [{ when: { always: true }, then: [risk] }],
      },
      {
        ...{ id: 'p/tell', name: 'tell', order: 2, enabled: true, terminal: false },
        branches: [
          {
            when: { asff: { SeverityLabel: [{ Value: 'MEDIUM', Comparison: 'EQUALS' }] } },
            then: [{ notify: { channel: 'soc' } }],
          },
        ],
      },
    ];
    const compiled = compileRules([
      { name: 'p', evaluate: 'current', file: 'p.rules.yaml', rules },
    ]);
    const engine = {
      ...engineOf(),
      evaluate: compiled.evaluate.bind(compiled),
      ownersOf: () => ({
        context: {
          businessCriticality: 'critical',
          dataClassification: 'restricted',
          environment: 'prod',
        },
        origins: {},
      }),
    };
    const { matches } = outcomeOf(engine, asff(), { now });
    expect(matches.map(({ rule }) => rule.id)).toEqual(['p/score', 'p/tell']);
  });

  it('writes nothing on a finding of GuardDuty itself, and a note on one in OCSF', () => {
    expect(outcome(parseFinding(guardDutyFinding()), risk).update).toEqual({});
    const { update } = outcome(parseFinding(ocsfFinding()), risk);
    expect(update.note).toMatch(/^risk \d+ of 100/);
  });
});

describe('a preview of rules that enrich', () => {
  const source: FindingSource = {
    name: 'findings.json',
    from: 'file',
    gaps: [],
    async *read() {
      yield [{ finding: onBucket({ Env: 'prod', Criticality: 'p1', DataClassification: 'pii' }) }];
    },
  };
  const options = { source, folder: 'rules', now, limit: 10, stopwatch: () => 0 };

  it('shows which rule’s score sets the severity, and what it does not know', async () => {
    const report = await previewRules({ ...options, engine: engineOf(risk) });
    expect(report.changes.first[0]?.changes[0]).toEqual({
      field: 'severity',
      before: 'LOW',
      after: 'MEDIUM',
      rule: 'sample/all',
    });
    expect(report.changes.byChange).toContainEqual({
      field: 'userDefinedFields.riposte:risk-why',
      before: null,
      after: null,
      findings: 1,
    });
    expect(report.unasked).toEqual(['live tags were not read', 'the history was not read']);
    expect(previewText(report)).toContain(
      'Unknown   live tags were not read, the history was not read; risk scores count nothing',
    );
  });

  it('says nothing of it where no rule enriches', async () => {
    const report = await previewRules({ ...options, engine: engineOf() });
    expect(report.unasked).toEqual([]);
    expect(previewText(report)).not.toContain('Unknown ');
  });
});
