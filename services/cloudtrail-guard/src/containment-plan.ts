import { type Actor, isArn, type PlannedChange, parseArn } from '@riposte/findings';

/**
 * What would keep an actor from going on, for a person to approve: sessions of a role or user that were issued before now are denied
 * everything; a user's key is deactivated. Instances and others that can assume the role obtain new sessions, so the plan says so.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export function containmentPlan(actor: Actor | undefined, now: Date): readonly PlannedChange[] {
  const principal = actor?.issuerArn ?? actor?.arn;
  if (principal === undefined || !isArn(principal)) return [];
  const { service, resource } = parseArn(principal);
  if (service !== 'iam') return [];
  const name = resource.split('/').at(-1) ?? resource;
  if (resource.startsWith('role/')) return [denySessions('iam:PutRolePolicy', `role ${name}`, now)];
  if (!resource.startsWith('user/')) return [];
  return [
    ...(actor?.accessKeyId === undefined ? [] : [deactivate(actor.accessKeyId, name)]),
    denySessions('iam:PutUserPolicy', `user ${name}`, now),
  ];
}

function denySessions(operation: string, whose: string, now: Date): PlannedChange {
  return {
    operation,
    what: `sessions of ${whose} issued before now (whoever may assume it again obtains new ones)`,
    before: undefined,
    after: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': now.toISOString() } },
        },
      ],
    },
    reversible: true,
  };
}

function deactivate(accessKeyId: string, user: string): PlannedChange {
  return {
    operation: 'iam:UpdateAccessKey',
    what: `access key ${accessKeyId} of user ${user}`,
    before: 'Active',
    after: 'Inactive',
    reversible: true,
  };
}
