import { describe, expect, it } from '@jest/globals';
import { parseOcsfFinding, stoppedTrailsOf } from '@riposte/findings';
import { completeFinding } from './complete-finding.ts';
import { findingOf, home } from './hub-fixture.ts';
import { ocsfFromAsff } from './ocsf-from-asff.ts';
import type { JsonObject } from './types.ts';

const complete = (change: JsonObject = {}): JsonObject =>
  completeFinding({ ...findingOf(), ...change }, home, new Date('2026-05-01T12:00:00.000Z'));

describe('a finding in OCSF', () => {
  it.each([
    ['Vulnerability Finding', { Types: ['Software and Configuration Checks/Vulnerabilities/CVE'] }],
    ['Vulnerability Finding', { Vulnerabilities: [{ Id: 'CVE-1', FixAvailable: 'YES' }] }],
    ['Compliance Finding', { Compliance: { Status: 'FAILED' } }],
    ['Data Security Finding', { Types: ['Sensitive Data Identifications/PII'] }],
    ['Detection Finding', { Types: ['TTPs/Persistence'] }],
    ['Detection Finding', { Types: undefined }],
  ])('is a %s for %j', (class_name, change) => {
    expect(ocsfFromAsff(complete(change))).toMatchObject({ class_name });
  });

  it.each([
    ['PASSED', 'Pass', 1, 'Resolved'],
    ['FAILED', 'Fail', 3, 'New'],
    ['WARNING', 'Warning', 2, 'New'],
    ['NOT_AVAILABLE', 'Unknown', 0, 'New'],
    [undefined, 'Unknown', 0, 'New'],
  ])('says compliance %s as %s', (Status, name, status_id, status) => {
    const Compliance = {
      Status,
      SecurityControlId: 'CloudTrail.1',
      AssociatedStandards: [{ StandardsId: 'standards/x' }],
    };
    expect(ocsfFromAsff(complete({ Compliance }))).toMatchObject({
      compliance: { status: name, status_id, control: 'CloudTrail.1', standards: ['standards/x'] },
      status,
    });
  });

  it('carries vulnerabilities, remediation, source and times', () => {
    const ocsf = ocsfFromAsff(
      complete({
        Vulnerabilities: [{ Id: 'CVE-1', FixAvailable: 'YES', ExploitAvailable: 'NO' }],
        Remediation: { Recommendation: { Text: 'Upgrade', Url: 'https://example.com' } },
        SourceUrl: 'https://example.com/finding',
        FirstObservedAt: '2026-04-01T00:00:00Z',
        AwsAccountName: 'payments',
        Severity: { Label: 'INFORMATIONAL' },
      }),
    );
    expect(ocsf).toMatchObject({
      vulnerabilities: [
        { cve: { uid: 'CVE-1' }, is_fix_available: true, is_exploit_available: false },
      ],
      remediation: { desc: 'Upgrade', references: ['https://example.com'] },
      cloud: { account: { uid: home.accountId, name: 'payments' }, region: home.region },
      finding_info: {
        src_url: 'https://example.com/finding',
        first_seen_time: Date.parse('2026-04-01'),
        first_seen_time_dt: '2026-04-01T00:00:00.000Z',
      },
      severity_id: 1,
      time_dt: '2026-04-30T10:00:00.000Z',
    });
    expect(ocsf.finding_info).not.toHaveProperty('last_seen_time');
  });

  it('has a remediation of a text alone', () => {
    const Remediation = { Recommendation: { Text: 'Upgrade' } };
    expect(ocsfFromAsff(complete({ Remediation })).remediation).toEqual({ desc: 'Upgrade' });
  });

  it.each([
    ['AwsEc2Instance', 'arn:aws:ec2:eu-west-1:1:instance/i-1', 'AWS::EC2::Instance', 'i-1'],
    ['AwsS3Bucket', 'arn:aws:s3:::logs', 'AWS::S3::Bucket', 'logs'],
    ['AwsAccount', 'AWS::::Account:111122223333', 'AWS::::Account', '111122223333'],
    ['AwsIamAccessKey', 'AWS::IAM::AccessKey:AKIA1', 'AWS::IAM::AccessKey', 'AKIA1'],
    [
      'AwsCloudTrailTrail',
      'arn:aws:cloudtrail:eu-west-1:1:trail/main',
      'AWS::CloudTrail::Trail',
      'main',
    ],
    ['AwsLambdaFunction', 'fn', 'AWS::Lambda::Function', 'fn'],
    ['Container', 'x', 'Container', 'x'],
  ])('names the resource %s %s as %s %s', (Type, Id, type, uid) => {
    expect(ocsfFromAsff(complete({ Resources: [{ Type, Id }] })).resources).toMatchObject([
      { type, uid },
    ]);
  });

  it('of GuardDuty has its own type, call and stopped trails, as Riposte reads them', () => {
    const trails = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main, other';
    const asff = complete({
      ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
      Types: ['TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled'],
      ProductFields: {
        'action/awsApiCallAction/api': 'StopLogging',
        'action/awsApiCallAction/serviceName': 'cloudtrail.amazonaws.com',
        'action/awsApiCallAction/remoteIpDetails/ipAddressV4': '203.0.113.9',
        'action/awsApiCallAction/affectedResources/AWS::CloudTrail::Trail': trails,
      },
      Resources: [
        {
          Type: 'AwsIamAccessKey',
          Id: 'AWS::IAM::AccessKey:AKIA1',
          Details: { AwsIamAccessKey: { PrincipalName: 'mallory', PrincipalType: 'IAMUser' } },
        },
      ],
    });
    const ocsf = ocsfFromAsff(asff);
    expect(ocsf).toMatchObject({
      finding_info: { types: ['Stealth:IAMUser/CloudTrailLoggingDisabled'] },
      evidences: [
        {
          api: { operation: 'StopLogging', service: { name: 'cloudtrail.amazonaws.com' } },
          actor: { user: { name: 'mallory', type: 'IAMUser', credential_uid: 'AKIA1' } },
          src_endpoint: { ip: '203.0.113.9' },
        },
      ],
      metadata: { product: { name: 'GuardDuty', vendor_name: 'AWS' } },
    });
    expect(stoppedTrailsOf(parseOcsfFinding(ocsf))).toEqual(['main', 'other']);
    expect(ocsf.resources).toContainEqual(
      expect.objectContaining({
        uid: 'main',
        uid_alt: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main',
      }),
    );
  });

  it('of a call without an address has evidence without one', () => {
    const ProductFields = { 'action/awsApiCallAction/api': 'StopLogging' };
    expect(ocsfFromAsff(complete({ ProductFields })).evidences).toEqual([
      { api: { operation: 'StopLogging', service: { name: undefined } } },
    ]);
  });
});
