import {
  BatchUpdateFindingsV2Command,
  GetFindingsV2Command,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { type Finding, parseOcsfFinding } from '@riposte/findings';
import { ocsfSeverities, ocsfStatuses } from '@riposte/rules';
import type { UpdateRefusedError } from './errors.ts';
import { standingOf } from './finding-standing.ts';
import { byKey, refusalOf } from './hub-answers.ts';
import type { FindingName } from './update-findings.ts';
import type { Current, HubUpdate } from './update-wanted.ts';

/** How findings stand, read by GetFindingsV2; at most twenty at once. */
export async function readOcsf(
  hub: SecurityHubClient,
  findings: readonly FindingName[],
): Promise<ReadonlyMap<string, Current>> {
  const { Findings = [] } = await hub.send(
    new GetFindingsV2Command({
      Filters: {
        CompositeFilters: [
          {
            StringFilters: findings.map(({ id }) => ({
              FieldName: 'finding_info.uid',
              Filter: { Value: id, Comparison: 'EQUALS' },
            })),
            Operator: 'OR',
          },
        ],
        CompositeOperator: 'AND',
      },
      MaxResults: 100,
    }),
  );
  return byKey(
    findings,
    Findings.map((document) => {
      const finding = parseOcsfFinding(document);
      return [finding.productArn, finding.id, currentOfOcsf(finding)];
    }),
  );
}

function currentOfOcsf(finding: Finding): Current {
  const { comment } = finding.raw;
  return {
    severity: finding.severity.toUpperCase(),
    workflow: standingOf(finding).workflow,
    ...(typeof comment === 'string' && { note: comment }),
    userDefinedFields: {},
    types: finding.types,
  };
}

/** Updates findings by BatchUpdateFindingsV2, which takes severity, status and a comment. */
export async function updateOcsf(
  hub: SecurityHubClient,
  findings: readonly FindingName[],
  { severity, workflow, note }: HubUpdate,
): Promise<ReadonlyMap<string, UpdateRefusedError>> {
  if (severity === undefined && workflow === undefined && note === undefined) return new Map();
  const { UnprocessedFindings = [] } = await hub.send(
    new BatchUpdateFindingsV2Command({
      FindingIdentifiers: findings.map(({ id, accountId, productArn = '' }) => ({
        CloudAccountUid: accountId,
        FindingInfoUid: id,
        MetadataProductUid: productArn,
      })),
      ...(severity && { SeverityId: ocsfSeverities[severity][0] }),
      ...(workflow && { StatusId: ocsfStatuses[workflow][0] }),
      ...(note !== undefined && { Comment: note }),
    }),
  );
  return byKey(
    findings,
    UnprocessedFindings.map(({ FindingIdentifier: named, ErrorCode }) => [
      named?.MetadataProductUid,
      named?.FindingInfoUid,
      refusalOf(named?.FindingInfoUid, ErrorCode),
    ]),
  );
}
