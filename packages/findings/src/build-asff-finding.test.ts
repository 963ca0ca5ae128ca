import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
// biome-ignore lint/style/noRestrictedImports: the local stage speaks for the real API, and does not export its checks
import { refusalOf } from '../../local-stage/src/security-hub/check-asff.ts';
import { type AsffDraft, buildAsffFinding, findingKey, parseFinding } from './index.ts';
import { thrownBy } from './testing/thrown-by.ts';

const draft: AsffDraft = {
  id: 'eu-west-1/123456789012/changed/1',
  generatorId: 'riposte/fim-detector/system-binaries',
  accountId: '123456789012',
  region: 'eu-west-1',
  title: '/usr/bin/sudo was changed',
  description: '/usr/bin/sudo on i-1 differs from its baseline.',
  types: ['Unusual Behaviors/VM/FileChanged'],
  severity: 'high',
  createdAt: new Date('2026-11-24T03:00:00Z'),
  updatedAt: '2026-11-24T04:00:00.5+01:00',
  resources: [{ type: 'AwsEc2Instance', id: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-1' }],
};

function built(changes: Partial<AsffDraft> = {}) {
  return buildAsffFinding({ ...draft, ...changes });
}

describe('buildAsffFinding', () => {
  it('builds what a finding needs', () => {
    expect(built()).toEqual({
      SchemaVersion: '2018-10-08',
      Id: 'eu-west-1/123456789012/changed/1',
      ProductArn: 'arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default',
      GeneratorId: 'riposte/fim-detector/system-binaries',
      AwsAccountId: '123456789012',
      Region: 'eu-west-1',
      Types: ['Unusual Behaviors/VM/FileChanged'],
      CreatedAt: '2026-11-24T03:00:00.000Z',
      UpdatedAt: '2026-11-24T03:00:00.500Z',
      Severity: { Label: 'HIGH' },
      Title: '/usr/bin/sudo was changed',
      Description: '/usr/bin/sudo on i-1 differs from its baseline.',
      Resources: [
        {
          Type: 'AwsEc2Instance',
          Id: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-1',
          Partition: 'aws',
          Region: 'eu-west-1',
        },
      ],
      FindingProviderFields: {
        Severity: { Label: 'HIGH' },
        Types: ['Unusual Behaviors/VM/FileChanged'],
      },
    });
    expect(refusalOf(built())).toBeUndefined();
  });

  it('carries everything else that it is given', () => {
    const finding = built({
      productName: 'Riposte',
      companyName: 'Example',
      firstObservedAt: '2026-11-24T01:00:00Z',
      lastObservedAt: '2026-11-24T02:00:00Z',
      productFields: { path: '/usr/bin/sudo' },
      userDefinedFields: { owner: 'blue' },
      remediation: { text: 'Restore it', url: 'https://example.org/how' },
      sourceUrl: 'https://example.org/f',
      note: { text: 'seen', updatedBy: 'riposte', updatedAt: '2026-11-24T02:00:00Z' },
      recordState: 'ARCHIVED',
      resources: [
        { type: 'Other', id: 'a', region: 'eu-west-2', tags: { t: 'v' }, details: { d: 'e' } },
      ],
    });
    expect(refusalOf(finding)).toBeUndefined();
    expect(finding).toMatchObject({
      ProductName: 'Riposte',
      FirstObservedAt: '2026-11-24T01:00:00.000Z',
      ProductFields: { path: '/usr/bin/sudo' },
      Remediation: { Recommendation: { Text: 'Restore it', Url: 'https://example.org/how' } },
      Note: { Text: 'seen', UpdatedBy: 'riposte', UpdatedAt: '2026-11-24T02:00:00.000Z' },
      RecordState: 'ARCHIVED',
      Resources: [{ Region: 'eu-west-2', Tags: { t: 'v' }, Details: { Other: { d: 'e' } } }],
    });
    expect(built({ remediation: { text: 'x' } }).Remediation).toEqual({
      Recommendation: { Text: 'x' },
    });
  });

  it('is read back as what it says', () => {
    const finding = parseFinding(built());
    expect(finding).toMatchObject({
      severity: 'high',
      accountId: '123456789012',
      partition: 'aws',
    });
    expect(findingKey(finding)).toBe(`123456789012|eu-west-1|123456789012/default|${draft.id}`);
  });

  it.each([
    ['eu-west-1', 'aws', 'aws'],
    ['cn-north-1', 'aws-cn', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso', 'aws-us-iso'],
    ['us-isob-east-1', 'aws-iso-b', 'aws-us-iso-b'],
    ['eusc-de-east-1', 'aws-eusc', undefined],
  ])('belongs, in %s, to the default product of the partition %s', (region, partition, word) => {
    const finding = built({ region });
    expect(finding.ProductArn).toBe(
      `arn:${partition}:securityhub:${region}:123456789012:product/123456789012/default`,
    );
    expect(finding.Resources[0]?.Partition).toBe(word);
    expect(refusalOf(finding)).toBeUndefined();
  });

  it('takes the partition that it is told', () => {
    const finding = built({ partition: 'aws-cn' });
    expect(finding.ProductArn).toMatch(/^arn:aws-cn:/);
    expect(finding.Resources[0]?.Partition).toBe('aws-cn');
  });

  it('shows a title in one line', () => {
    expect(built({ title: 'a\nb' }).Title).toBe('a\\u{a}b');
  });

  it.each([
    ['Id', { id: ' ' }],
    ['GeneratorId', { generatorId: '' }],
    ['AwsAccountId', { accountId: '1234' }],
    ['Region', { region: 'EU' }],
    ['ProductArn', { partition: 'azure' }],
    ['Types.0', { types: ['Weird'] }],
    ['Types.1', { types: ['TTPs', 'TTPs/a/b/c'] }],
    ['Types.0', { types: ['TTPs/ /x'] }],
    ['Types', { types: Array.from({ length: 51 }, () => 'TTPs') }],
    ['CreatedAt', { createdAt: 'yesterday' }],
    ['CreatedAt', { createdAt: '2026-11-24' }],
    ['UpdatedAt', { updatedAt: new Date(Number.NaN) }],
    ['UpdatedAt', { updatedAt: new Date(8.64e15) }],
    ['FirstObservedAt', { firstObservedAt: '' }],
    ['SourceUrl', { sourceUrl: 'javascript:alert(1)' }],
    ['SourceUrl', { sourceUrl: `https://example.org/${'x'.repeat(2048)}` }],
    ['Remediation.Recommendation.Url', { remediation: { text: 'x', url: '' } }],
    ['ProductFields', { productFields: { 'aws/securityhub/x': 'y' } }],
    ['Note.UpdatedAt', { note: { text: 'x', updatedBy: 'y', updatedAt: 'now' } }],
    ['Resources', { resources: [] }],
    ['Resources', { resources: Array.from({ length: 33 }, () => ({ type: 'Other', id: 'x' })) }],
    ['Resources.0.Type', { resources: [{ type: '', id: 'x' }] }],
    ['Resources.0.Region', { resources: [{ type: 'Other', id: 'x', region: 'nowhere at all' }] }],
  ])('refuses what no cutting makes valid at %s', (path, changes) => {
    expect(thrownBy(() => built(changes))).toMatchObject({ name: 'InvalidFindingError', path });
  });

  it('is taken by Security Hub whatever the texts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '',
        ' ',
        '\ud800',
        '😀'.repeat(700),
        '\u0000'.repeat(3_000),
        '"\\'.repeat(4_000),
      ),
    );
    const map = fc
      .dictionary(text, text, { maxKeys: 60 })
      .filter((held) => Object.keys(held).every((key) => !key.startsWith('aws/')));
    const drafts = fc.record({
      title: text,
      description: text,
      productName: text,
      productFields: map,
      userDefinedFields: map,
      note: fc.record({ text, updatedBy: text, updatedAt: fc.constant(draft.createdAt) }),
      remediation: fc.record({ text }),
      resources: fc.array(
        fc.record({ id: text, type: fc.constant('Other'), tags: map, details: map }),
        { minLength: 1, maxLength: 32 },
      ),
    });
    fc.assert(
      fc.property(drafts, (changes) => {
        const finding = built(changes);
        expect(refusalOf(finding)).toBeUndefined();
        expect(textsIn(finding).filter((held) => !/\S/.test(held) || /\p{Cs}/u.test(held))).toEqual(
          [],
        );
      }),
      { numRuns: 60 },
    );
  });

  it('fits as a whole, at the cost of its maps', () => {
    const entries = Array.from({ length: 50 }, (_, index) => [
      `${index}${'k'.repeat(120)}`,
      '停'.repeat(1024),
    ]);
    const details = Object.fromEntries(entries);
    const resources = Array.from({ length: 32 }, (_, index) => ({
      type: 'Other',
      id: `${index}`,
      tags: details,
      details,
    }));
    const finding = built({ resources, productFields: details });
    expect(refusalOf(finding)).toBeUndefined();
    expect(finding.Resources).toHaveLength(32);
    expect(finding.Resources[0]?.Details?.Other['…']).toMatch(/^\d+ more left out$/);
    expect(finding.Title).toBe(draft.title);
  });
});

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => [key, ...textsIn(held)]);
}
