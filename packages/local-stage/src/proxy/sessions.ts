import type { SessionRole } from './read-call.ts';

/** Sessions of AssumeRole that passed the proxy: access key to role. */
export interface Sessions {
  readonly known: ReadonlyMap<string, SessionRole>;
  note(response: string, requestedRole: unknown): void;
}

export function createSessions(): Sessions {
  const known = new Map<string, SessionRole>();
  return {
    known,
    note(response, requestedRole) {
      const key = /<AccessKeyId>([^<]+)</.exec(response)?.[1];
      const roleArn = typeof requestedRole === 'string' ? requestedRole : '';
      const accountId = /^arn:[^:]*:iam::(\d{12}):/.exec(roleArn)?.[1];
      if (key && accountId) known.set(key, { accountId, roleArn });
    },
  };
}
