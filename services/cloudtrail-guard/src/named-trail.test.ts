import { describe, expect, it } from '@jest/globals';
import { apiCallOf, namedTrail } from './named-trail.ts';
import { mainTrail } from './testing/fake-guard.ts';
import { apiCall, asffEvent } from './testing/sample-events.ts';

const named = (sample: Record<string, unknown>) =>
  namedTrail(apiCallOf(apiCall({ eventName: 'StopLogging', ...sample })));

describe('namedTrail', () => {
  it('takes a name in the place where it was said, and an ARN at its word', () => {
    expect(named({}).arn).toBe(mainTrail.arn);
    expect(named({ requestParameters: { trailName: 'main' } }).arn).toBe(mainTrail.arn);
    const shadow = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/org';
    expect(named({ requestParameters: { name: shadow } })).toMatchObject({
      accountId: '999999999999',
      region: 'us-east-1',
    });
  });

  it('prefers what CloudTrail answered', () => {
    const responseElements = { trailARN: 'arn:aws:cloudtrail:us-east-1:123456789012:trail/main' };
    expect(named({ responseElements }).region).toBe('us-east-1');
  });

  it.each([
    [{ name: 'no\nname' }, 'no\\u{a}name'],
    [{ name: 17 }, 'unnamed'],
    [{}, 'unnamed'],
  ])('names the trail of a failed attempt harmlessly: %j', (requestParameters, name) => {
    expect(named({ requestParameters, errorCode: 'InvalidTrailNameException' }).name).toBe(name);
  });

  it('rejects the ARN of something else, and an event that is no API call', () => {
    expect(() => named({ requestParameters: { name: 'arn:aws:s3:::bucket' } })).toThrow(
      'not one of a trail',
    );
    expect(() => apiCallOf(asffEvent(['main']))).toThrow('detail-type');
  });
});
