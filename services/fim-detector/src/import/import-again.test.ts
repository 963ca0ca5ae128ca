import { describe, expect, it } from '@jest/globals';
import type { AsffFinding } from '@riposte/findings';
import { importAgain } from './import-again.ts';
import { findingAbout } from './testing/sample-findings.ts';

describe('importAgain', () => {
  it('hands in what came back', async () => {
    const handed: AsffFinding[] = [];
    const findings = [findingAbout('/etc/a'), findingAbout('/etc/b')];
    await importAgain(async (some) => {
      handed.push(...some);
    })(JSON.parse(JSON.stringify(findings)));
    expect(handed).toEqual(findings);
  });

  it.each([
    ['no list', {}, 'findings'],
    ['a finding without id', [{ ...findingAbout('/etc/a'), Id: '' }], 'findings.0.Id'],
    [
      'a finding of somebody else’s product',
      [
        {
          ...findingAbout('/etc/a'),
          ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
        },
      ],
      'findings.0.ProductArn',
    ],
  ])('refuses %s, for good', async (_what, findings, path) => {
    const never = async () => {
      throw new TypeError('was handed in');
    };
    await expect(importAgain(never)(findings)).rejects.toMatchObject({
      name: 'UnreadableFindingsError',
      retryable: false,
      path,
    });
  });
});
