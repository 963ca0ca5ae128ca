import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { parseArn } from '@riposte/findings';
import { awsClient } from '@riposte/lambda';
import { type CloudTrailIn, sessionPolicy } from '@riposte/remediations/cloudtrail';
import type { Clock } from '@riposte/responses';
import { memberRole } from '@riposte/responses/aws/account-credentials';
import type { GuardConfig } from './config.ts';

/** Clients that act on behalf of a record; other accounts see its id as the session's source identity. */
export type ClientsOnBehalfOf = (record: string) => CloudTrailIn;

const heldClients = 64;

/**
 * CloudTrail clients for every account and Region: the function's own credentials at home, the member role elsewhere. STS is loaded only
 * when another account is needed, so that the ordinary cold start does not pay for it.
 */
export function cloudTrailClients(config: GuardConfig, clock: Clock): ClientsOnBehalfOf {
  const ownAccount = parseArn(config.ALERTS_TOPIC_ARN).accountId;
  const clients = new Map<string, CloudTrailClient>();
  const assume = memberRole({ sts: stsClient, roleName: config.MEMBER_ROLE_NAME, clock });
  return (record) => (place) => {
    const { accountId, region, partition } = place;
    const isOwn = accountId === ownAccount || config.MEMBER_ROLE_NAME === '';
    const key = isOwn ? region : [accountId, region, record, place.arn].join('|');
    const known = clients.get(key);
    if (known) return known;
    const session = { accountId, partition, recordId: record, policy: sessionPolicy(place) };
    const credentials = () => assume(session);
    const client = awsClient(CloudTrailClient, { region, ...(!isOwn && { credentials }) });
    if (clients.size >= heldClients) clients.delete(clients.keys().next().value ?? key);
    clients.set(key, client);
    return client;
  };
}

async function stsClient() {
  const { STSClient } = await import('@aws-sdk/client-sts');
  return awsClient(STSClient, {});
}
