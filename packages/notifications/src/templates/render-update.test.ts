import { describe, expect, it } from '@jest/globals';
import { parseFinding } from '@riposte/findings';
import { notifiedFinding } from '../notified-finding.ts';
import { renderUpdate, textData } from './render-update.ts';
import { textRenderer } from './text-renderer.ts';

const finding = parseFinding({
  Id: 'bucket-1',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  GeneratorId: 'security-control/S3.8',
  AwsAccountId: '123456789012',
  Title: 'odd\u0007 title',
  Types: [],
  Severity: { Label: 'HIGH' },
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::one' }],
});
const context = { owner: 'ann' };
const facts = notifiedFinding(finding, {
  context,
  rule: 'pack/rule',
  since: '2026-11-24T12:00:00Z',
  riskScore: 47,
});
const render = textRenderer();
const filled = (update: Parameters<typeof renderUpdate>[0]) =>
  renderUpdate(update, textData(finding, facts, context), render);

describe('renderUpdate', () => {
  it('fills in every text, and leaves the rest alone', () => {
    expect(
      filled({
        severity: 'HIGH',
        criticality: 50,
        note: '{{ finding.title }}, risk {{ finding.riskScore }}, since {{ finding.since }}',
        types: ['{{ context.owner }}/b', 'c'],
        userDefinedFields: { account: '{{ document.AwsAccountId }}' },
        relatedFindings: [{ ProductArn: 'arn:{{ finding.region }}', Id: '{{ finding.rule }}' }],
      }),
    ).toEqual({
      severity: 'HIGH',
      criticality: 50,
      note: 'odd\\u{7} title, risk 47, since 2026-11-24T12:00:00Z',
      types: ['ann/b', 'c'],
      userDefinedFields: { account: '123456789012' },
      relatedFindings: [{ ProductArn: `arn:${finding.region}`, Id: 'pack/rule' }],
    });
  });

  it('adds no member', () => {
    expect(filled({ workflow: 'NOTIFIED' })).toEqual({ workflow: 'NOTIFIED' });
  });

  it('gives a template that fails back as it stands', () => {
    expect(filled({ note: '{% if %}{{ finding.title }}' }).note).toBe(
      '{% if %}{{ finding.title }}',
    );
  });
});
