import { describe, expect, it } from '@jest/globals';
import { findingKey, parseFinding } from './index.ts';
import { asffFinding, findingId, guardDutyFinding, ocsfFinding } from './testing/samples.ts';

describe('findingKey', () => {
  it('is the same for the ASFF, the OCSF and GuardDuty’s own form of a finding', () => {
    const keys = [asffFinding(), ocsfFinding(), guardDutyFinding()].map((finding) =>
      findingKey(parseFinding(finding)),
    );
    expect(new Set(keys)).toEqual(new Set([`123456789012|eu-west-1|aws/guardduty|${findingId}`]));
  });

  it('differs by account, Region, product and id', () => {
    const other = 'arn:aws:securityhub:eu-west-1::product/aws/inspector';
    const keys = [
      {},
      { AwsAccountId: '210987654321' },
      { Region: 'eu-west-2' },
      { ProductArn: other },
      { Id: 'other' },
    ].map((changes) => findingKey(parseFinding(asffFinding(changes))));
    expect(new Set(keys).size).toBe(5);
  });

  it('names the format where no product is known', () => {
    const finding = parseFinding(ocsfFinding({ metadata: undefined }));
    expect(findingKey(finding)).toBe(`123456789012|eu-west-1|ocsf|${findingId}`);
  });
});
