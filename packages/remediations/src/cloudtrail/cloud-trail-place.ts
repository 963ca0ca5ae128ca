import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';

/** An account and Region that calls are made in. */
export interface TrailPlace {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** Gives the client that acts in an account and Region: a trail's own account and home Region, where a trail is given. */
export type CloudTrailIn = (place: TrailPlace) => CloudTrailClient | Promise<CloudTrailClient>;
