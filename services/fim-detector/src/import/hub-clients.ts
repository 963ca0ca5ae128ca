import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { awsClient } from '@riposte/lambda';
import type { Clock } from '@riposte/responses';
import { memberRole } from '@riposte/responses/aws/account-credentials';
import type { HubPlace } from './hub.ts';
import type { HubClientIn } from './security-hub.ts';

/** Whose clients these are. */
export interface HubClientOptions {
  readonly ownAccount: string;
  /** Empty: findings of other accounts are tried with the function's own credentials. */
  readonly roleName: string;
  /** Who comes, as the other account's CloudTrail names it: `fim-` and the function. */
  readonly session: string;
  readonly clock: Clock;
}

/**
 * Security Hub's clients for every account and Region: with the function's own credentials at home, with the member role's elsewhere. STS is loaded
 * only where another account is needed.
 */
export function hubClients({
  ownAccount,
  roleName,
  session,
  clock,
}: HubClientOptions): HubClientIn {
  const clients = new Map<string, SecurityHubClient>();
  const assume = memberRole({ sts: stsClient, roleName, clock });
  return (place) => {
    const { account, region, partition } = place;
    const key = `${account} ${region}`;
    const known = clients.get(key);
    if (known) return known;
    const isOwn = account === ownAccount || roleName === '';
    const credentials = () =>
      assume({ accountId: account, partition, recordId: session, policy: sessionPolicy(place) });
    const client = awsClient(SecurityHubClient, {
      region,
      maxAttempts: 1,
      ...(!isOwn && { credentials }),
    });
    clients.set(key, client);
    return client;
  };
}

/**
 * What a session in another account may do at most, whatever its role may: hand in, read and answer the account's own findings in one Region.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
export function sessionPolicy({ account, region, partition }: HubPlace): object {
  const hub = `arn:${partition}:securityhub:${region}:${account}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'securityhub:BatchImportFindings',
        Resource: `${hub}:product/${account}/default`,
      },
      {
        Effect: 'Allow',
        Action: ['securityhub:GetFindings', 'securityhub:BatchUpdateFindings'],
        Resource: `${hub}:hub/default`,
      },
    ],
  };
}

async function stsClient() {
  const { STSClient } = await import('@aws-sdk/client-sts');
  return awsClient(STSClient, {});
}
