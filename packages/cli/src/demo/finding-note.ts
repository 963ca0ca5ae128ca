import { GetFindingsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';

/** The text of a finding's note in Security Hub; undefined where there is no note, or no such finding. */
export async function noteOnFinding(
  client: SecurityHubClient,
  findingId: string,
): Promise<string | undefined> {
  const { Findings = [] } = await client.send(
    new GetFindingsCommand({ Filters: { Id: [{ Value: findingId, Comparison: 'EQUALS' }] } }),
  );
  return Findings[0]?.Note?.Text;
}
