import { createHash } from 'node:crypto';
import { formatArn, isArn, partitionOfRegion } from '@riposte/findings';
import type { AccountRegion } from '../types.ts';
import type { Caller } from './types.ts';

type Identity = Readonly<Record<string, unknown>>;

/**
 * A caller as CloudTrail's `userIdentity` has it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function userIdentity(caller: Caller, where: AccountRegion): Identity {
  const accountId = caller.accountId ?? where.accountId;
  const partition = partitionOfRegion(where.region);
  const iamArn = (resource: string) =>
    formatArn({ partition, service: 'iam', region: '', accountId, resource });
  switch (caller.type ?? 'IAMUser') {
    case 'AWSService':
      return { type: 'AWSService', invokedBy: caller.invokedBy ?? 'cloudformation.amazonaws.com' };
    case 'Root':
      return {
        ...{ type: 'Root', principalId: accountId, arn: iamArn('root'), accountId },
        ...{ accessKeyId: caller.accessKeyId ?? '', ...session(caller) },
      };
    case 'AssumedRole':
      return assumedRole(caller, { accountId, partition, iamArn });
    default: {
      const userName = caller.userName ?? 'mallory';
      return {
        type: 'IAMUser',
        principalId: uniqueId('AIDA', `${accountId}${userName}`),
        arn: iamArn(`user/${userName}`),
        accountId,
        accessKeyId: caller.accessKeyId ?? uniqueId('AKIA', `${accountId}${userName}`),
        userName,
        ...(caller.mfa !== undefined && session(caller)),
      };
    }
  }
}

function assumedRole(
  caller: Caller,
  place: {
    readonly accountId: string;
    readonly partition: string;
    readonly iamArn: (resource: string) => string;
  },
): Identity {
  const role = caller.role ?? 'Admin';
  const roleArn = isArn(role) ? role : place.iamArn(`role/${role}`);
  const roleName = roleArn.split('/').at(-1) ?? role;
  // A role's session is of the role's account, whoever assumed it.
  const accountId = roleArn.split(':')[4] || place.accountId;
  const sessionName = caller.sessionName ?? 'session';
  const principalId = uniqueId('AROA', roleArn);
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${sessionName}`,
    arn: formatArn({
      ...{ partition: place.partition, service: 'sts', region: '', accountId },
      resource: `assumed-role/${roleName}/${sessionName}`,
    }),
    accountId,
    accessKeyId: caller.accessKeyId ?? uniqueId('ASIA', `${roleArn}${sessionName}`),
    ...session(caller, {
      ...{ type: 'Role', principalId, arn: roleArn, accountId, userName: roleName },
    }),
  };
}

function session(caller: Caller, sessionIssuer?: Identity): Identity {
  const creationDate = new Date(Date.now() - 600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const attributes = { creationDate, mfaAuthenticated: String(caller.mfa ?? false) };
  return { sessionContext: { ...(sessionIssuer && { sessionIssuer }), attributes } };
}

/** Ids and keys that look like AWS' own and are always the same for the same thing. */
export function uniqueId(prefix: string, of: string): string {
  const digest = createHash('sha256').update(of).digest('hex').toUpperCase();
  return `${prefix}${digest.replaceAll(/[01]/g, 'Z').slice(0, 17)}`;
}
