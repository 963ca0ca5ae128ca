import { isArn, parseArn } from '@riposte/findings';

/** Which deployment asks. */
export interface OwnRoles {
  readonly ownAccount: string;
  readonly stage: string;
  readonly memberRoleName: string;
}

/**
 * Recognises roles of this deployment by the session issuer's ARN: the guard's functions in its own account, the member role in any.
 * The user agent is believed by nothing.
 *
 * @example
 * ownRoles({ ownAccount, stage: 'prod', memberRoleName: 'riposte-member-prod' })(issuerArn);
 */
export function ownRoles({ ownAccount, stage, memberRoleName }: OwnRoles) {
  return (arn: string): boolean => {
    if (!isArn(arn)) return false;
    const { service, accountId, resource } = parseArn(arn);
    if (service !== 'iam' || !resource.startsWith('role/')) return false;
    const name = resource.split('/').at(-1) ?? '';
    const isFunction =
      accountId === ownAccount && name.startsWith(`riposte-cloudtrail-guard-${stage}-`);
    return isFunction || (memberRoleName !== '' && name === memberRoleName);
  };
}
