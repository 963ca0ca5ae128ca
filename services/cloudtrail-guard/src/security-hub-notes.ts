import {
  type AwsSecurityFinding,
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  GetFindingsCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Finding, ResponseRecord } from '@riposte/findings';
import { FindingNoteError } from './errors.ts';
import { noteText, workflowOf } from './note-text.ts';
import type { FindingNotes } from './ports.ts';

/** OCSF's status ids. */
const inProgress = 2;
const resolved = 4;

/**
 * `FindingNotes` on Security Hub: BatchUpdateFindings for ASFF, BatchUpdateFindingsV2 for OCSF. The finding is read before it is written, so that an
 * analyst's note and own fields stay; a finding that somebody has suppressed or resolved keeps its workflow status.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
export function securityHubNotes(hub: SecurityHubClient): FindingNotes {
  return {
    note: (finding, record) =>
      finding.format === 'ocsf' ? noteV2(hub, finding, record) : noteV1(hub, finding, record),
  };
}

async function noteV1(
  hub: SecurityHubClient,
  { id, productArn = '' }: Finding,
  record: ResponseRecord,
): Promise<void> {
  const { Findings = [] } = await hub.send(
    new GetFindingsCommand({
      Filters: {
        Id: [{ Value: id, Comparison: 'EQUALS' }],
        ProductArn: [{ Value: productArn, Comparison: 'EQUALS' }],
      },
      MaxResults: 1,
    }),
  );
  const current = Findings[0];
  const { UnprocessedFindings = [] } = await hub.send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id: id, ProductArn: productArn }],
      Note: { Text: noteText(record, current?.Note?.Text), UpdatedBy: 'riposte' },
      UserDefinedFields: {
        ...current?.UserDefinedFields,
        riposteIncident: record.id,
        riposteStatus: record.status,
      },
      ...(isOpen(current) && { Workflow: { Status: workflowOf(record) } }),
    }),
  );
  const [refused] = UnprocessedFindings;
  if (refused) throw new FindingNoteError(id, refused.ErrorCode ?? 'unprocessed');
}

function isOpen(current: AwsSecurityFinding | undefined): boolean {
  const status = current?.Workflow?.Status;
  return status !== 'SUPPRESSED' && status !== 'RESOLVED';
}

async function noteV2(
  hub: SecurityHubClient,
  { id, accountId, productArn = '' }: Finding,
  record: ResponseRecord,
): Promise<void> {
  const { UnprocessedFindings = [] } = await hub.send(
    new BatchUpdateFindingsV2Command({
      FindingIdentifiers: [
        { CloudAccountUid: accountId, FindingInfoUid: id, MetadataProductUid: productArn },
      ],
      Comment: noteText(record),
      StatusId: workflowOf(record) === 'RESOLVED' ? resolved : inProgress,
    }),
  );
  const [refused] = UnprocessedFindings;
  if (refused) throw new FindingNoteError(id, refused.ErrorCode ?? 'unprocessed');
}
