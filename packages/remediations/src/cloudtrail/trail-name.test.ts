import { describe, expect, it } from '@jest/globals';
import { trailOf } from './trail-name.ts';

describe('trailOf', () => {
  it('places a bare name where it was said, in that partition', () => {
    expect(trailOf('main', { accountId: '123456789012', region: 'cn-north-1' })).toEqual({
      arn: 'arn:aws-cn:cloudtrail:cn-north-1:123456789012:trail/main',
      name: 'main',
      accountId: '123456789012',
      region: 'cn-north-1',
      partition: 'aws-cn',
    });
  });

  it('lets an ARN speak for itself', () => {
    const arn = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/org';
    expect(trailOf(arn, { accountId: '123456789012', region: 'eu-west-1' })).toMatchObject({
      name: 'org',
      accountId: '999999999999',
      region: 'us-east-1',
    });
  });

  it.each(['arn:aws:s3:::bucket', 'arn:aws:cloudtrail:eu-west-1:123456789012:channel/x'])(
    'rejects %s',
    (arn) => {
      expect(() => trailOf(arn, { accountId: '1', region: 'r' })).toThrow('not one of a trail');
    },
  );
});
