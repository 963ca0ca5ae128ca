import type { TrailPlace } from './ports.ts';

/**
 * What a session in another account may do at most, whatever its role may: CloudTrail's calls on the one trail that a client was asked for, or,
 * where none was named, on the trails of one Region.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 * @example
 * sessionPolicy(trailOf('main', { accountId: '222222222222', region: 'eu-west-1' }));
 */
export function sessionPolicy(place: TrailPlace): object {
  const { accountId, region, partition } = place;
  const trails = place.arn ?? `arn:${partition}:cloudtrail:${region}:${accountId}:trail/*`;
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'cloudtrail:*', Resource: trails },
      // Neither operation knows a resource.
      {
        Effect: 'Allow',
        Action: ['cloudtrail:DescribeTrails', 'cloudtrail:ListTrails'],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: `arn:${partition}:iam::${accountId}:role/*`,
        Condition: { StringEquals: { 'iam:PassedToService': 'cloudtrail.amazonaws.com' } },
      },
    ],
  };
}
