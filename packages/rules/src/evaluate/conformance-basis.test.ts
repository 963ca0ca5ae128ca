import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@riposte/findings';
import type { Condition, FieldTest } from '../model/condition.ts';
import { type Case, isMatch, source, titled } from './testing/conformance.ts';
import { asffOf, ocsfOf } from './testing/findings.ts';

const asff = asffOf({
  Severity: { Label: 'LOW', Normalized: 1 },
  Confidence: 10,
  Criticality: 10,
  Types: ['Changed'],
  RelatedFindings: [{ Id: 'changed', ProductArn: 'changed' }],
  Workflow: { Status: 'SUPPRESSED' },
  Note: { Text: 'changed', UpdatedBy: 'changed', UpdatedAt: '2026-11-01T00:00:00Z' },
  UserDefinedFields: { k: 'changed' },
  VerificationState: 'TRUE_POSITIVE',
  FindingProviderFields: {
    Severity: { Label: 'HIGH', Original: '8' },
    Confidence: 90,
    Criticality: 90,
    Types: ['Given'],
    RelatedFindings: [{ Id: 'given', ProductArn: 'given' }],
  },
});

const ocsf = ocsfOf({
  severity: 'Low',
  severity_id: 2,
  status: 'Suppressed',
  status_id: 3,
  comment: 'changed',
  vendor_attributes: { severity: 'High', severity_id: 4 },
});

/** What a test of a field finds with each basis: `undefined` where the field is absent. */
const values: readonly (readonly [
  finding: Finding,
  field: string,
  original: string | undefined,
  current: string,
  source: string,
])[] = [
  [asff, 'Severity.Label', 'HIGH', 'LOW', source.rule],
  [asff, 'Severity.Normalized', '70', '1', source.severity],
  [asff, 'Confidence', '90', '10', source.rule],
  [asff, 'Criticality', '90', '10', source.rule],
  [asff, 'Types', 'Given', 'Changed', source.rule],
  [asff, 'RelatedFindings.Id', 'given', 'changed', source.rule],
  [asff, 'RelatedFindings.ProductArn', 'given', 'changed', source.rule],
  [asff, 'Workflow.Status', 'NEW', 'SUPPRESSED', source.ours],
  [asff, 'Note.Text', undefined, 'changed', source.ours],
  [asff, 'Note.UpdatedBy', undefined, 'changed', source.ours],
  [asff, 'UserDefinedFields.k', undefined, 'changed', source.ours],
  [asff, 'VerificationState', undefined, 'TRUE_POSITIVE', source.ours],
  [ocsf, 'severity', 'High', 'Low', source.ruleV2],
  [ocsf, 'severity_id', '4', '2', source.ruleV2],
  [ocsf, 'status', 'New', 'Suppressed', source.ours],
  [ocsf, 'status_id', '1', '3', source.ours],
  [ocsf, 'comment', undefined, 'changed', source.ours],
  [ocsf, 'vendor_attributes.severity', 'High', 'High', source.ocsf],
];

function valueCases(): readonly Case[] {
  return values.flatMap(([finding, field, original, current, from]) => {
    const test = (basis: 'original' | 'current', asked: FieldTest): Case => ({
      title: `${basis}: ${JSON.stringify(asked)}`,
      source: from,
      when: { test: asked },
      finding,
      basis,
      matches: true,
    });
    return [
      test('current', { field, equals: current }),
      test(
        'original',
        original === undefined ? { field, exists: false } : { field, equals: original },
      ),
    ];
  });
}

function severityIs(Value: string): Condition {
  return { asff: { SeverityLabel: [{ Value, Comparison: 'EQUALS' }] } };
}

const others: readonly Case[] = [
  {
    title: 'the provider says nothing: the severity that the finding has',
    source: source.ours,
    when: severityIs('MEDIUM'),
    finding: asffOf({ FindingProviderFields: { Types: ['x'] } }),
    matches: true,
  },
  {
    title: 'a score of 70 without a label is HIGH',
    source: source.severity,
    when: severityIs('HIGH'),
    finding: asffOf({ Severity: { Normalized: 70 } }),
    matches: true,
  },
  {
    title: 'a score of 69 without a label is MEDIUM',
    source: source.severity,
    when: severityIs('MEDIUM'),
    finding: asffOf({ Severity: { Normalized: 69 } }),
    basis: 'current',
    matches: true,
  },
  {
    title: 'criteria of ASFF read the original',
    source: source.rule,
    when: { asff: { WorkflowStatus: [{ Value: 'NEW', Comparison: 'EQUALS' }] } },
    finding: asff,
    matches: true,
  },
  {
    title: 'criteria of OCSF read the original',
    source: source.ruleV2,
    when: {
      ocsf: {
        CompositeFilters: [{ NumberFilters: [{ FieldName: 'severity_id', Filter: { Eq: 4 } }] }],
      },
    },
    finding: ocsf,
    matches: true,
  },
  {
    title: 'OCSF without vendor attributes: the severity that the finding has',
    source: source.ours,
    when: { test: { field: 'severity', equals: 'Medium' } },
    finding: ocsfOf(),
    matches: true,
  },
];

describe('what rules read', () => {
  it.each(titled([...valueCases(), ...others]))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });
});
