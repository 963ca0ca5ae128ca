import { describe, expect, it } from '@jest/globals';
import { parseAsffFinding } from './index.ts';
import { asffFinding, findingId } from './testing/samples.ts';
import { thrownBy } from './testing/thrown-by.ts';

const custom = 'arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default';

describe('parseAsffFinding', () => {
  it('reads what the finding says, and keeps the finding', () => {
    const raw = asffFinding({
      Compliance: { Status: 'FAILED', SecurityControlId: 'CloudTrail.1' },
      Note: { Text: 'seen', UpdatedBy: 'ann', UpdatedAt: '2026-11-24T03:05:00.000Z' },
    });
    const finding = parseAsffFinding(raw);
    expect(finding).toMatchObject({
      format: 'asff',
      id: findingId,
      productArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
      productName: 'GuardDuty',
      accountId: '123456789012',
      region: 'eu-west-1',
      partition: 'aws',
      title: 'AWS CloudTrail trail main was disabled.',
      types: ['TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled'],
      severity: 'low',
      workflowStatus: 'NEW',
      recordState: 'ACTIVE',
      note: { text: 'seen', updatedBy: 'ann', updatedAt: '2026-11-24T03:05:00.000Z' },
      securityControlId: 'CloudTrail.1',
      createdAt: '2026-11-24T03:03:00.000Z',
    });
    expect(finding.raw).toBe(raw);
  });

  it('reads every resource, in order, with its tags', () => {
    const Resources = [
      { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::a', Partition: 'aws', Tags: { team: 'blue', n: 1 } },
      { Type: 'AwsEc2Instance', Id: 'i-1', Region: 'eu-west-2' },
      { Id: 'x' },
    ];
    expect(parseAsffFinding(asffFinding({ Resources })).resources).toEqual([
      { id: 'arn:aws:s3:::a', type: 'AwsS3Bucket', partition: 'aws', tags: { team: 'blue' } },
      { id: 'i-1', type: 'AwsEc2Instance', region: 'eu-west-2', tags: {} },
      { id: 'x', tags: {} },
    ]);
  });

  it('reads a finding that names no resource', () => {
    expect(parseAsffFinding(asffFinding({ Resources: [] })).resources).toEqual([]);
  });

  it.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-iso-b', 'us-isob-east-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])(
    'takes the partition %s and the Region from the product where the finding has none',
    (partition, region) => {
      const ProductArn = `arn:${partition}:securityhub:${region}::product/aws/guardduty`;
      expect(parseAsffFinding(asffFinding({ ProductArn, Region: undefined }))).toMatchObject({
        partition,
        region,
      });
    },
  );

  it('takes the partition from the Region where the product is no ARN', () => {
    const raw = asffFinding({ ProductArn: 'mine', Region: 'us-gov-west-1' });
    expect(parseAsffFinding(raw)).toMatchObject({
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
    });
    expect(parseAsffFinding(asffFinding({ ProductArn: 'mine', Region: undefined })).region).toBe(
      '',
    );
  });

  it('finds Region and product name among the product fields', () => {
    const ProductFields = {
      'aws/securityhub/ProductName': 'Default',
      'aws/securityhub/Region': 'eu-west-3',
      number: 5,
    };
    const raw = asffFinding({
      ProductArn: custom,
      ProductName: undefined,
      Region: undefined,
      ProductFields,
    });
    const finding = parseAsffFinding(raw);
    expect(finding).toMatchObject({ productName: 'Default', region: 'eu-west-3' });
    expect(finding.productFields).not.toHaveProperty('number');
  });

  it.each([
    ['the label before the score', { Label: 'HIGH', Normalized: 1 }, 'high'],
    ['the score where there is no label', { Normalized: 95, Product: 8 }, 'critical'],
    ['a score that is text', { Normalized: '40' }, 'medium'],
    [
      'the score where the label is none of Security Hub’s',
      { Label: 'SEVERE', Normalized: 70 },
      'high',
    ],
  ])('reads %s', (_what, Severity, severity) => {
    expect(parseAsffFinding(asffFinding({ Severity })).severity).toBe(severity);
  });

  it('goes by what the provider says where the finding says nothing itself', () => {
    const FindingProviderFields = {
      Severity: { Label: 'MEDIUM' },
      Types: ['Effects/Data Exposure'],
    };
    const raw = asffFinding({ Severity: undefined, Types: undefined, FindingProviderFields });
    expect(parseAsffFinding(raw)).toMatchObject({
      severity: 'medium',
      types: ['Effects/Data Exposure'],
    });
  });

  it('reads empty optional members as absent', () => {
    const nothing = { Title: null, Description: null, GeneratorId: null, Types: null, Note: null };
    const finding = parseAsffFinding(
      asffFinding({ ...nothing, ProductFields: null, FindingProviderFields: null }),
    );
    expect(finding).toMatchObject({ title: '', types: [], productFields: {} });
    expect(finding).not.toHaveProperty('note');
    expect(finding).not.toHaveProperty('generatorId');
  });

  it.each([
    ['Id', { Id: undefined }],
    ['Id', { Id: '' }],
    ['ProductArn', { ProductArn: 7 }],
    ['AwsAccountId', { AwsAccountId: undefined }],
    ['AwsAccountId', { AwsAccountId: 'XXXXXXXXXXXX' }],
    ['AwsAccountId', { AwsAccountId: 123456789012 }],
    ['Title', { Title: {} }],
    ['Types', { Types: 'Effects' }],
    ['Types.1', { Types: ['Effects', 7] }],
    ['Resources', { Resources: undefined }],
    ['Resources', { Resources: {} }],
    ['Resources.1', { Resources: [{ Id: 'a' }, null] }],
    ['Resources.1.Id', { Resources: [{ Id: 'a' }, { Type: 'Other' }] }],
    ['Severity', { Severity: undefined, FindingProviderFields: undefined }],
    ['Severity', { Severity: 'HIGH', FindingProviderFields: undefined }],
    ['Severity.Label', { Severity: { Product: 8 }, FindingProviderFields: undefined }],
    [
      'FindingProviderFields.Severity.Label',
      { Severity: undefined, FindingProviderFields: { Severity: { Label: 'BAD' } } },
    ],
  ])('rejects a finding that is wrong at %s', (path, changes) => {
    expect(thrownBy(() => parseAsffFinding(asffFinding(changes)))).toMatchObject({
      name: 'MalformedFindingError',
      path,
      retryable: false,
    });
  });

  it.each([undefined, null, 'text', 7, []])('rejects %p, which is no finding', (input) => {
    expect(thrownBy(() => parseAsffFinding(input))).toMatchObject({
      name: 'MalformedFindingError',
      path: '(root)',
    });
  });
});
