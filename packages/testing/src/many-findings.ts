import type { Document } from './cloudtrail-record.ts';
import { asffFinding, ocsfFinding } from './sample-findings.ts';

const controls = [
  ['S3.1', 'S3 general purpose buckets should have block public access settings enabled'],
  ['S3.8', 'S3 general purpose buckets should block public access'],
  ['EC2.8', 'EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)'],
  ['IAM.6', 'Hardware MFA should be enabled for the root user'],
  ['RDS.3', 'RDS DB instances should have encryption at-rest enabled'],
  ['Lambda.2', 'Lambda functions should use supported runtimes'],
  ['CloudTrail.1', 'CloudTrail should be enabled and configured with a multi-Region trail'],
  ['KMS.4', 'AWS KMS key rotation should be enabled'],
] as const;
const labels = ['CRITICAL', 'HIGH', 'MEDIUM', 'MEDIUM', 'LOW', 'LOW', 'INFORMATIONAL'] as const;
const regions = ['eu-west-1', 'us-east-1', 'eu-central-1'] as const;
const teams = ['payments', 'search', 'platform', 'data'] as const;

/** The item of a list that goes round. */
function pick<T>(items: readonly [T, ...T[]] | readonly T[], at: number): T {
  const item = items[at % items.length];
  if (item === undefined) throw new TypeError('an empty list');
  return item;
}

/** Findings as an organization has them: by default 3 to 5 KB each, a fifth of them in OCSF, the same for the same number. */
export function manyFindings(howMany: number): readonly Document[] {
  return Array.from({ length: howMany }, (_, at) => (at % 5 === 4 ? ocsf(at) : asff(at)));
}

function asff(at: number): Document {
  const [control, title] = pick(controls, at * 7);
  const label = pick(labels, at * 5 + Math.floor(at / 7));
  const region = pick(regions, at);
  const account = accountOf(at);
  const bucket = `arn:aws:s3:::bucket-${at}`;
  const time = timeOf(at);
  return asffFinding({
    Id: `arn:aws:securityhub:${region}:${account}:security-control/${control}/finding/${at}`,
    ProductArn: `arn:aws:securityhub:${region}::product/aws/securityhub`,
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: region,
    GeneratorId: `security-control/${control}`,
    AwsAccountId: account,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    CreatedAt: time,
    UpdatedAt: time,
    Severity: { Label: label, Original: label },
    Title: title,
    Description: `This control checks resource ${at}. ${filler}`,
    Remediation: {
      Recommendation: { Text: 'See the documentation.', Url: 'https://docs.aws.amazon.com/' },
    },
    ProductFields: productFields(at),
    Resources: [
      {
        Type: 'AwsS3Bucket',
        Id: bucket,
        Partition: 'aws',
        Region: region,
        Tags: { team: pick(teams, at), environment: at % 3 === 0 ? 'production' : 'test' },
        Details: { AwsS3Bucket: { OwnerId: `${at}`.repeat(8), Name: `bucket-${at}` } },
      },
    ],
    Compliance: {
      Status: at % 4 === 0 ? 'PASSED' : 'FAILED',
      SecurityControlId: control,
      AssociatedStandards: [{ StandardsId: 'standards/pci-dss/v/4.0.1' }],
    },
    FindingProviderFields: { Severity: { Label: label, Original: label }, Types: ['Checks'] },
  });
}

function ocsf(at: number): Document {
  const [control, title] = pick(controls, at * 3);
  const time = timeOf(at);
  const region = pick(regions, at);
  return ocsfFinding({
    class_name: 'Compliance Finding',
    class_uid: 2003,
    cloud: { account: { uid: accountOf(at) }, provider: 'AWS', region },
    compliance: { control, status: 'Fail', standards: ['standards/pci-dss/v/4.0.1'] },
    finding_info: {
      uid: `arn:aws:securityhub:${region}:${accountOf(at)}:security-control/${control}/finding/${at}`,
      title,
      desc: `This control checks resource ${at}. ${filler}${filler}`,
      types: ['Posture Management'],
      modified_time_dt: time,
      created_time_dt: time,
    },
    metadata: {
      product: {
        uid: `arn:aws:securityhub:${region}::productv2/aws/securityhub`,
        name: 'Security Hub',
      },
      version: '1.6.0',
    },
    resources: [
      {
        type: 'AWS::S3::Bucket',
        uid: `bucket-${at}`,
        tags: [{ name: 'team', value: pick(teams, at) }],
      },
    ],
    ...{ severity: 'High', severity_id: 4 },
    vendor_attributes: { severity: 'High', severity_id: 4 },
  });
}

const filler =
  'The check fails when the setting is absent, disabled or narrower than required. '.repeat(10);

function productFields(at: number): Document {
  const fields = Array.from({ length: 14 }, (_, field) => [
    `aws/securityhub/field${field}`,
    `value ${field} of finding ${at}, with some words`,
  ]);
  return Object.fromEntries(fields);
}

function accountOf(at: number): string {
  return `${100_000_000_000 + (at % 12)}`;
}

function timeOf(at: number): string {
  return new Date(Date.UTC(2026, 10, 20, 0, 0, at)).toISOString();
}

/** Text that runs, or breaks what shows it, where it is taken for more than text. */
export const hostileTexts: readonly string[] = [
  '<script>window.wasHere = 1</script>',
  '"><img src=x onerror="window.wasHere = 1">',
  '</style></script><svg onload=window.wasHere=1>',
  '\u202eevil \u0000\u001b[31m\u2028 `1`',
  `javascript:window.wasHere=1//${'A'.repeat(3000)}`,
];

/** Findings that say nothing but `hostileTexts`, one each. */
export function hostileFindings(): readonly Document[] {
  return hostileTexts.map((text, at) =>
    asffFinding({
      Id: `${at} ${text}`,
      Title: text,
      Description: text,
      Region: text,
      Types: [text],
      Severity: { Label: 'CRITICAL' },
      Resources: [{ Type: text, Id: text, Tags: { team: text, [text]: text } }],
      Compliance: { Status: 'FAILED', SecurityControlId: text },
      Note: { Text: text, UpdatedBy: text, UpdatedAt: '2026-11-24T00:00:00Z' },
    }),
  );
}
