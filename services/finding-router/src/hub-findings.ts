import {
  type AwsSecurityFinding,
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { UpdateRefusedError } from './errors.ts';
import { byKey, refusalOf } from './hub-answers.ts';
import { readOcsf, updateOcsf } from './hub-findings-v2.ts';

import type { FindingName, HubFindings } from './update-findings.ts';
import type { Current, HubUpdate } from './update-wanted.ts';

/** Filters take so many values. */
const mostNames = 20;

/**
 * `HubFindings` on Security Hub: GetFindings and BatchUpdateFindings for ASFF, GetFindingsV2 and BatchUpdateFindingsV2 for OCSF, which takes severity,
 * status and a comment.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html
 */
export function hubFindings(hub: SecurityHubClient): HubFindings {
  return {
    async current(findings) {
      const all = new Map<string, Current>();
      const read = findings[0]?.format === 'ocsf' ? readOcsf : readAsff;
      for (let at = 0; at < findings.length; at += mostNames) {
        const some = await read(hub, findings.slice(at, at + mostNames));
        for (const [key, current] of some) all.set(key, current);
      }
      return all;
    },
    update: (findings, update) =>
      findings[0]?.format === 'ocsf'
        ? updateOcsf(hub, findings, update)
        : updateAsff(hub, findings, update),
  };
}

async function readAsff(
  hub: SecurityHubClient,
  findings: readonly FindingName[],
): Promise<ReadonlyMap<string, Current>> {
  const { Findings = [] } = await hub.send(
    new GetFindingsCommand({
      Filters: { Id: findings.map(({ id }) => ({ Value: id, Comparison: 'EQUALS' })) },
      MaxResults: 100,
    }),
  );
  return byKey(
    findings,
    Findings.map((finding) => [finding.ProductArn, finding.Id, currentOfAsff(finding)]),
  );
}

function currentOfAsff(finding: AwsSecurityFinding): Current {
  const { Severity, Workflow, Note, UserDefinedFields, Types } = finding;
  return {
    ...(Severity?.Label !== undefined && { severity: Severity.Label }),
    ...(Workflow?.Status !== undefined && { workflow: Workflow.Status }),
    ...(Note?.Text !== undefined && { note: Note.Text }),
    ...(Note?.UpdatedBy !== undefined && { noteBy: Note.UpdatedBy }),
    ...(finding.Confidence !== undefined && { confidence: finding.Confidence }),
    ...(finding.Criticality !== undefined && { criticality: finding.Criticality }),
    ...(finding.VerificationState !== undefined && {
      verificationState: finding.VerificationState,
    }),
    userDefinedFields: UserDefinedFields ?? {},
    types: Types ?? [],
  };
}

async function updateAsff(
  hub: SecurityHubClient,
  findings: readonly FindingName[],
  update: HubUpdate,
): Promise<ReadonlyMap<string, UpdateRefusedError>> {
  const { severity, workflow, note, userDefinedFields, types, relatedFindings } = update;
  const { confidence, criticality, verificationState } = update;
  const { UnprocessedFindings = [] } = await hub.send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: findings.map(({ id, productArn = '' }) => ({
        Id: id,
        ProductArn: productArn,
      })),
      ...(severity && { Severity: { Label: severity } }),
      ...(workflow && { Workflow: { Status: workflow } }),
      ...(note !== undefined && { Note: { Text: note, UpdatedBy: 'riposte' } }),
      ...(userDefinedFields && { UserDefinedFields: userDefinedFields }),
      ...(confidence !== undefined && { Confidence: confidence }),
      ...(criticality !== undefined && { Criticality: criticality }),
      ...(verificationState && { VerificationState: verificationState }),
      ...(types && { Types: [...types] }),
      ...(relatedFindings && { RelatedFindings: [...relatedFindings] }),
    }),
  );
  return byKey(
    findings,
    UnprocessedFindings.map(({ FindingIdentifier: { ProductArn, Id } = {}, ErrorCode }) => [
      ProductArn,
      Id,
      refusalOf(Id, ErrorCode),
    ]),
  );
}
