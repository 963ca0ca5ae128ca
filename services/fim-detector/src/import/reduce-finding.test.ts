import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reduceFinding } from './reduce-finding.ts';
import { findingAbout } from './testing/sample-findings.ts';

describe('reduceFinding', () => {
  const whole = findingAbout('/etc/å', {
    sourceUrl: 'https://example.com/a',
    remediation: { text: 'riposte fim diff' },
    userDefinedFields: { a: 'b' },
    firstObservedAt: '2026-11-24T11:00:00Z',
    recordState: 'ARCHIVED',
  });

  it('keeps what identifies a finding, the file and the pointers to the evidence', () => {
    const { Id, ProductArn, UpdatedAt, CreatedAt, Severity } = whole;
    const reduced = reduceFinding(whole, 'too much');
    expect(reduced).toMatchObject({ Id, ProductArn, UpdatedAt, CreatedAt, Severity });
    expect(reduced.RecordState).toBe('ARCHIVED');
    expect(reduced.ProductFields).toEqual({
      'riposte/fim/name': '/etc/\\u{e5}',
      'riposte/fim/ledger': 'fim/ledgers/1.ndjson',
      'riposte/fim/ledgerSha256': 'f'.repeat(64),
      'riposte/fim/reduced': 'too much',
    });
  });

  it('leaves out what may be refused and can be looked up', () => {
    const reduced = reduceFinding(whole, 'too much');
    for (const name of ['SourceUrl', 'Remediation', 'UserDefinedFields', 'FirstObservedAt'])
      expect(reduced).not.toHaveProperty(name);
    expect(reduced.Resources).toEqual([
      { Type: 'AwsEc2Instance', Id: whole.Resources[0]?.Id, Region: 'eu-west-1' },
    ]);
  });

  it('says everything in plain characters, short and never blank', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 900 }), (text) => {
        const reduced = reduceFinding({ ...whole, Title: text, Description: text }, text);
        for (const said of [
          reduced.Title,
          reduced.Description,
          reduced.ProductFields?.['riposte/fim/reduced'],
        ]) {
          expect(said).toMatch(/^[\x20-\x7e]{1,512}$/);
          expect(said).toMatch(/\S/);
        }
        expect(reduced.Title.length).toBeLessThanOrEqual(120);
      }),
    );
  });
});
