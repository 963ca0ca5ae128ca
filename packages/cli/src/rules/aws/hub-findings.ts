import {
  type AwsSecurityFindingFilters,
  type OcsfFindingFilters,
  paginateGetFindings,
  paginateGetFindingsV2,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { AwsCallError } from '../../errors.ts';
import type { FindingSource, Reading } from '../findings/finding-source.ts';
import { inDocument } from '../findings/readings-of.ts';
import type { LiveProgress, LiveQuery } from '../ports.ts';
import { gapOf, type HubName } from './hub-gap.ts';

/** The most that either API gives at once. */
const pageSize = 100;

interface Hub {
  readonly name: HubName;
  pages(): AsyncIterable<{ readonly Findings?: readonly unknown[] | undefined }>;
}

/**
 * Findings that were updated since, from GetFindings and GetFindingsV2. Oldest first where the API sorts: what changes meanwhile comes once
 * more at the end, and nothing is missed between two pages.
 */
export function hubFindings(
  client: SecurityHubClient,
  { since, now, onProgress }: LiveQuery,
): FindingSource {
  const period = { Start: since, End: now.toISOString() };
  const from = Date.parse(since);
  return source(
    since,
    [
      asffHub(client, { UpdatedAt: [period] }),
      ocsfHub(client, {
        CompositeFilters: [
          { DateFilters: [{ FieldName: 'finding_info.modified_time_dt', Filter: period }] },
        ],
      }),
    ],
    (findings, last) => {
      const part = (Date.parse(last) - from) / (now.getTime() - from);
      onProgress?.({ findings, ...(part >= 0 && part <= 1 && { part }) });
    },
  );
}

/** Findings with an id, in both formats. */
export function hubFindingsById(client: SecurityHubClient, id: string): FindingSource {
  const equal = { Value: id, Comparison: 'EQUALS' } as const;
  return source(undefined, [
    asffHub(client, { Id: [equal] }),
    ocsfHub(client, {
      CompositeFilters: [{ StringFilters: [{ FieldName: 'finding_info.uid', Filter: equal }] }],
    }),
  ]);
}

function asffHub(client: SecurityHubClient, Filters: AwsSecurityFindingFilters): Hub {
  const SortCriteria = [{ Field: 'UpdatedAt', SortOrder: 'asc' as const }];
  return {
    name: 'Security Hub CSPM (ASFF)',
    pages: () => paginateGetFindings({ client, pageSize }, { Filters, SortCriteria }),
  };
}

function ocsfHub(client: SecurityHubClient, Filters: OcsfFindingFilters): Hub {
  return {
    name: 'Security Hub (OCSF)',
    pages: () => paginateGetFindingsV2({ client, pageSize }, { Filters }),
  };
}

function source(
  since: string | undefined,
  hubs: readonly Hub[],
  onPage: (findings: LiveProgress['findings'], lastUpdate: string) => void = () => undefined,
): FindingSource {
  const gaps: string[] = [];
  return {
    name: 'Security Hub',
    from: 'live',
    ...(since !== undefined && { since }),
    gaps,
    async *read() {
      let findings = 0;
      for (const hub of hubs) {
        try {
          for await (const { Findings = [] } of hub.pages()) {
            const readings = inDocument({ Findings }, hub.name);
            findings += readings.length;
            onPage(findings, lastUpdateOf(readings));
            yield readings;
          }
        } catch (error) {
          gaps.push(gapOf(hub.name, error));
        }
      }
      if (gaps.length < hubs.length) return;
      const remedy = 'choose another --region or --profile, or give --findings FILE';
      throw new AwsCallError(gaps.join('; '), remedy);
    },
  };
}

function lastUpdateOf(readings: readonly Reading[]): string {
  const last = readings.at(-1);
  return last && 'finding' in last ? (last.finding.updatedAt ?? '') : '';
}
