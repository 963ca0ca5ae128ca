import { describe, expect, it } from '@jest/globals';
import { sessionPolicy } from './session-policy.ts';
import { trailOf } from './trail-name.ts';

const place = { accountId: '222222222222', region: 'cn-north-1', partition: 'aws-cn' };

describe('sessionPolicy', () => {
  it('allows CloudTrail on the one trail that is named', () => {
    const trail = trailOf('main', place);
    expect(sessionPolicy(trail)).toMatchObject({
      Statement: [
        { Action: 'cloudtrail:*', Resource: trail.arn },
        { Resource: '*' },
        { Action: 'iam:PassRole', Resource: 'arn:aws-cn:iam::222222222222:role/*' },
      ],
    });
  });

  it('allows it on the trails of one Region where none is named', () => {
    expect(sessionPolicy(place)).toMatchObject({
      Statement: [
        { Resource: 'arn:aws-cn:cloudtrail:cn-north-1:222222222222:trail/*' },
        { Action: ['cloudtrail:DescribeTrails', 'cloudtrail:ListTrails'] },
        {},
      ],
    });
  });

  it('is as short as STS wants a session policy, for the longest names', () => {
    const name = 'x'.repeat(128);
    const trail = trailOf(name, { accountId: '222222222222', region: 'ap-southeast-1' });
    expect(JSON.stringify(sessionPolicy(trail)).length).toBeLessThanOrEqual(2048);
  });
});
