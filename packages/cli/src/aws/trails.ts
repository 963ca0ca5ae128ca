import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { STSClient } from '@aws-sdk/client-sts';
import { cloudTrailPorts, sessionPolicy, type TrailPorts } from '@riposte/remediations/cloudtrail';
import { memberRole } from '@riposte/responses/aws/account-credentials';
import type { Connection } from './connection.ts';

/** How another account's trails are reached. */
export interface TrailAccess {
  /** AWS profile of the trail's own account; its member role is assumed when absent. */
  readonly accountProfile?: string;
  /** The record that a change is made for; CloudTrail over there shows it. */
  readonly onBehalfOf: string;
}

/** Trails of any account and Region: own ones as the caller, others through a profile or the member role. */
export function trailsFor(connection: Connection, access: TrailAccess): TrailPorts {
  const { config, stage, accountId } = connection;
  const credentialsOf = memberRole({
    sts: () => new STSClient(config),
    roleName: `riposte-member-${stage}`,
    clock: () => new Date(),
  });
  return cloudTrailPorts(async (place) => {
    const { region } = place;
    if (place.accountId === accountId) return new CloudTrailClient({ ...config, region });
    if (access.accountProfile !== undefined) {
      return new CloudTrailClient({ ...config, region, profile: access.accountProfile });
    }
    const { profile: _own, ...shared } = config;
    const credentials = await credentialsOf({
      accountId: place.accountId,
      partition: place.partition,
      recordId: access.onBehalfOf,
      policy: sessionPolicy(place),
    });
    return new CloudTrailClient({ ...shared, region, credentials });
  });
}
