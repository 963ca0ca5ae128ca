import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Hub, HubPlace, Refusal, StandingFinding } from './hub.ts';
import { type PatienceOptions, withPatience } from './patience.ts';

/** The client of an account and Region. */
export type HubClientIn = (place: HubPlace) => SecurityHubClient;

/**
 * `Hub` on AWS: the account's own Security Hub. The clients do not try again themselves: each try is a call, and takes its turn.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html
 */
export function securityHub(clientIn: HubClientIn, patience: PatienceOptions): Hub {
  return {
    async import(place, findings) {
      const { FailedFindings = [] } = await withPatience(place, patience, () =>
        clientIn(place).send(new BatchImportFindingsCommand({ Findings: [...findings] })),
      );
      return FailedFindings.map(({ Id, ErrorCode, ErrorMessage }) =>
        refusalOf(Id, ErrorCode, ErrorMessage),
      );
    },
    async read(place, ids) {
      const { Findings = [] } = await withPatience(place, patience, () =>
        clientIn(place).send(
          new GetFindingsCommand({
            Filters: {
              Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' })),
              // An administrator sees the findings of its members.
              ProductArn: [{ Value: productArn(place), Comparison: 'EQUALS' }],
            },
            MaxResults: 100,
          }),
        ),
      );
      return Findings.map(standingOf);
    },
    async update(place, ids, { note, workflow }) {
      const { UnprocessedFindings = [] } = await withPatience(place, patience, () =>
        clientIn(place).send(
          new BatchUpdateFindingsCommand({
            FindingIdentifiers: ids.map((Id) => ({ Id, ProductArn: productArn(place) })),
            Note: { Text: note, UpdatedBy: 'riposte' },
            Workflow: { Status: workflow },
          }),
        ),
      );
      return UnprocessedFindings.map(({ FindingIdentifier, ErrorCode, ErrorMessage }) =>
        refusalOf(FindingIdentifier?.Id, ErrorCode, ErrorMessage),
      );
    },
  };
}

function productArn({ partition, region, account }: HubPlace): string {
  return `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;
}

function refusalOf(id = '', code = 'unprocessed', reason = ''): Refusal {
  return { id, code, reason };
}

function standingOf({ Id = '', Workflow, Note }: AwsSecurityFinding): StandingFinding {
  return {
    id: Id,
    ...(Workflow?.Status !== undefined && { workflow: Workflow.Status }),
    ...(Note?.Text !== undefined && { note: Note.Text }),
    ...(Note?.UpdatedBy !== undefined && { noteBy: Note.UpdatedBy }),
  };
}
