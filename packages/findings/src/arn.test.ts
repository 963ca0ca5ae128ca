import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consoleDomain,
  formatArn,
  isArn,
  MalformedArnError,
  parseArn,
  partitionOfRegion,
  trailArn,
} from './index.ts';

const partitions = [
  ['eu-west-1', 'aws', 'console.aws.amazon.com'],
  ['cn-north-1', 'aws-cn', 'console.amazonaws.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'console.amazonaws-us-gov.com'],
  ['us-iso-east-1', 'aws-iso', 'console.c2shome.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'console.sc2shome.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'console.csphome.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'console.csphome.hci.ic.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'console.amazonaws-eusc.eu'],
] as const;

describe.each(partitions)('Region %s', (region, partition, domain) => {
  it(`belongs to ${partition}, whose console is ${domain}`, () => {
    expect(partitionOfRegion(region)).toBe(partition);
    expect(consoleDomain(partition)).toBe(domain);
  });

  it('has trails whose ARNs are read back', () => {
    const arn = trailArn({ partition, region, accountId: '123456789012', name: 'main' });
    expect(arn).toBe(`arn:${partition}:cloudtrail:${region}:123456789012:trail/main`);
    expect(parseArn(arn)).toEqual({
      partition,
      service: 'cloudtrail',
      region,
      accountId: '123456789012',
      resource: 'trail/main',
    });
  });
});

describe('parseArn', () => {
  it('reads an ARN without Region and account', () => {
    expect(parseArn('arn:aws:s3:::bucket/key:with:colons')).toMatchObject({
      region: '',
      accountId: '',
      resource: 'bucket/key:with:colons',
    });
  });

  it('reads the account `aws` of policies that AWS manages', () => {
    expect(parseArn('arn:aws:iam::aws:policy/ReadOnlyAccess').accountId).toBe('aws');
  });

  it.each([
    ['nothing', ''],
    ['another scheme', 'urn:aws:s3:::bucket'],
    ['no resource', 'arn:aws:s3:::'],
    ['an account of eleven digits', 'arn:aws:sns:eu-west-1:12345678901:topic'],
    ['a partition that is not of AWS', 'arn:azure:sns:eu-west-1:123456789012:topic'],
    ['more than 2,048 characters', `arn:aws:s3:::${'x'.repeat(2048)}`],
  ])('refuses %s, without repeating the text', (_what, text) => {
    expect(isArn(text)).toBe(false);
    expect(() => parseArn(text)).toThrow(MalformedArnError);
    expect(() => parseArn(text)).toThrow('text is not an ARN');
  });

  it('takes apart what formatArn has put together', () => {
    const arns = fc.record({
      partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b', 'aws-eusc'),
      service: fc.stringMatching(/^[a-z0-9-]+$/),
      region: fc.stringMatching(/^[a-z0-9-]*$/),
      accountId: fc.stringMatching(/^(\d{12})?$/),
      resource: fc.string({ minLength: 1, unit: 'binary' }),
    });
    fc.assert(fc.property(arns, (arn) => expect(parseArn(formatArn(arn))).toEqual(arn)));
  });

  it('answers isArn and parseArn alike for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^arn:aws:s3:.*$/)), (text) => {
        if (isArn(text)) expect(formatArn(parseArn(text))).toBe(text);
        else expect(() => parseArn(text)).toThrow(MalformedArnError);
      }),
    );
  });
});
