import type { AccountRegion } from '../types.ts';
import { playAppId } from './api-clients.ts';

/**
 * Calls BatchImportFindings with documents as they are: the SDK's types would keep a wrong one from being sent.
 *
 * @returns The answer's members: FailedCount, SuccessCount, FailedFindings, or an error's.
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export async function importFindings(
  endpoint: string,
  { accountId, region }: AccountRegion,
  findings: readonly object[],
): Promise<unknown> {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const scope = `${accountId}/${day}/${region}/securityhub/aws4_request`;
  const response = await fetch(`${endpoint}/findings/import`, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=local`,
      'content-type': 'application/json',
      'user-agent': `riposte-stage app/${playAppId}`,
    },
    body: JSON.stringify({ Findings: findings }),
  });
  return response.json();
}
