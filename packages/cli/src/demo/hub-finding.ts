import { GetFindingsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { ServiceEvent } from '@riposte/local-stage';

/** What Security Hub says of a finding. */
export interface HubFinding {
  readonly severity: string;
  /** As the finding's provider gave it. */
  readonly providerSeverity: string;
  readonly note?: string;
  /** User-defined fields. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A finding as it stands in Security Hub; undefined where there is none. */
export async function findingInHub(
  client: SecurityHubClient,
  findingId: string,
): Promise<HubFinding | undefined> {
  const { Findings = [] } = await client.send(
    new GetFindingsCommand({ Filters: { Id: [{ Value: findingId, Comparison: 'EQUALS' }] } }),
  );
  const [finding] = Findings;
  if (!finding) return undefined;
  const { Severity, FindingProviderFields, Note, UserDefinedFields = {} } = finding;
  return {
    severity: Severity?.Label ?? '',
    providerSeverity: FindingProviderFields?.Severity?.Label ?? '',
    ...(Note?.Text !== undefined && { note: Note.Text }),
    fields: UserDefinedFields,
  };
}

/** The id of the finding that an event tells of, in ASFF; empty where it tells of none. */
export function idOfFinding({ detail }: Pick<ServiceEvent, 'detail'>): string {
  const findings = 'findings' in detail && Array.isArray(detail.findings) ? detail.findings : [];
  return String(findings[0]?.Id ?? '');
}
