import type { AccountRegion } from '../types.ts';

interface KnownAccounts {
  readonly accountOf: (accessKeyId: string) => string | undefined;
  readonly fallback: string;
}

/** Account and Region of a signed request: the access key id names the account, the credential scope the Region. */
export function callerScope(
  authorization: string | undefined,
  { accountOf, fallback }: KnownAccounts,
): AccountRegion {
  const credential = /Credential=([^,\s]+)/.exec(authorization ?? '')?.[1] ?? '';
  const [accessKeyId = '', , region = ''] = credential.split('/');
  const accountId = /^\d{12}$/.test(accessKeyId) ? accessKeyId : accountOf(accessKeyId);
  return { accountId: accountId ?? fallback, region: region || 'us-east-1' };
}
