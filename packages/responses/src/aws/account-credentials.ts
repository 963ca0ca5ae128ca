import type { STSClient } from '@aws-sdk/client-sts';
import type { Clock } from '../ports.ts';

/** Temporary credentials of a member role. */
export interface MemberCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** One session in another account. */
export interface MemberSession {
  readonly accountId: string;
  readonly partition: string;
  /** The record that needs it, or who only looks. */
  readonly recordId: string;
  /** What the session may do at most, whatever the role may. */
  readonly policy: object;
}

/** Which role is assumed, by whom. */
export interface MemberRoleOptions {
  readonly sts: () => Promise<STSClient> | STSClient;
  readonly roleName: string;
  readonly clock: Clock;
}

/**
 * Credentials of the member role in another account, kept for one record and policy until five minutes before they expire. The session is
 * named after the record that needs it (`SourceIdentity`), so that CloudTrail over there says why Riposte came, and may do no more than it needs.
 *
 * @throws what STS answers, e.g. AccessDenied where the member role is missing.
 * @example
 * const credentials = await memberRole({ sts, roleName: 'riposte-member-prod', clock })({ accountId, partition, recordId: 'inc-1', policy });
 */
export function memberRole(options: MemberRoleOptions) {
  const held = new Map<string, MemberCredentials>();
  return async (wanted: MemberSession): Promise<MemberCredentials> => {
    const { accountId, partition, recordId } = wanted;
    const policy = JSON.stringify(wanted.policy);
    const session = recordId.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
    const key = `${accountId} ${session} ${policy}`;
    const known = held.get(key);
    if (known && known.expiration.getTime() - options.clock().getTime() > 300_000) return known;
    const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
    const sts = await options.sts();
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${partition}:iam::${accountId}:role/${options.roleName}`,
        RoleSessionName: session,
        SourceIdentity: session,
        Policy: policy,
      }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
      expiration: Credentials?.Expiration ?? options.clock(),
    };
    for (const [other, { expiration }] of held) {
      if (expiration <= options.clock()) held.delete(other);
    }
    held.set(key, credentials);
    return credentials;
  };
}
