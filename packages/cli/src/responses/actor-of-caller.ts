import { type Actor, formatArn, isArn, parseArn } from '@riposte/findings';

/**
 * The caller as exemptions see one: a session's role, or the user itself. STS leaves out a role's path, so that roles with a path
 * are not recognised here.
 *
 * @param arn what GetCallerIdentity answered.
 * @example
 * actorOfCaller('arn:aws:sts::123456789012:assumed-role/Admin/ann').issuerArn; // 'arn:aws:iam::123456789012:role/Admin'
 */
export function actorOfCaller(arn: string): Actor {
  if (!isArn(arn)) return { arn };
  const { partition, accountId, resource } = parseArn(arn);
  const [kind = '', role = '', sessionName = ''] = resource.split('/');
  if (kind !== 'assumed-role') {
    return { type: resource === 'root' ? 'Root' : 'IAMUser', arn };
  }
  const issuerArn = formatArn({
    partition,
    service: 'iam',
    region: '',
    accountId,
    resource: `role/${role}`,
  });
  return { type: 'AssumedRole', arn, issuerArn, sessionName };
}
