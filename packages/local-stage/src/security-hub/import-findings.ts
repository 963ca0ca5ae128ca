import { formatArn, partitionOfRegion } from '@riposte/findings';
import type { AccountRegion } from '../types.ts';
import { refusalOf } from './check-asff.ts';
import { HubFault, invalidInput } from './hub-fault.ts';
import { isObject, listOf, objectOf, textOf } from './json.ts';
import type { HubContext, Operation } from './ports.ts';
import { storeFinding } from './store-finding.ts';
import type { ImportFailure, ImportOutcome } from './types.ts';

const maxBatchBytes = 6 * 1024 * 1024;

/**
 * BatchImportFindings: findings of the caller's own account under its default product; others are denied, the whole batch with them.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
export const batchImportFindings: Operation = (call) => {
  const { Findings } = call.body;
  const findings = listOf(Findings);
  if (findings.length === 0)
    throw invalidInput('Findings', 'data should NOT have fewer than 1 items.');
  if (findings.length > 100)
    throw invalidInput('Findings', 'data should NOT have more than 100 items.');
  if (Buffer.byteLength(JSON.stringify(findings)) > maxBatchBytes)
    throw invalidInput('Findings', 'Batch size exceeded 6 MB.');
  for (const finding of findings) denyForeign(finding, call.scope);
  return { ...importFindings(call, call.scope, findings) };
};

/** Takes in findings of any product; each is stored, ignored as old, or refused with a reason. */
export function importFindings(
  context: HubContext,
  scope: AccountRegion,
  findings: readonly unknown[],
): ImportOutcome {
  const FailedFindings: ImportFailure[] = [];
  for (const finding of findings) {
    const failure = failureOf(context, scope, finding);
    if (failure) FailedFindings.push({ Id: textOf(objectOf(finding).Id) ?? 'unknown', ...failure });
    else storeFinding(context, scope, objectOf(finding));
  }
  const FailedCount = FailedFindings.length;
  return { FailedCount, SuccessCount: findings.length - FailedCount, FailedFindings };
}

function failureOf(
  { states }: HubContext,
  scope: AccountRegion,
  finding: unknown,
): Omit<ImportFailure, 'Id'> | undefined {
  if (!states.of(scope).enabledAt)
    return {
      ErrorCode: 'InvalidAccess',
      ErrorMessage: `Account ${scope.accountId} is not subscribed to AWS Security Hub`,
    };
  const refusal = refusalOf(finding);
  return refusal === undefined ? undefined : { ErrorCode: 'InvalidInput', ErrorMessage: refusal };
}

function denyForeign(finding: unknown, { accountId, region }: AccountRegion): void {
  if (!isObject(finding)) return;
  const { AwsAccountId, ProductArn } = finding;
  const partition = partitionOfRegion(region);
  const arn = { partition, service: 'securityhub', region, accountId };
  const own = formatArn({ ...arn, resource: `product/${accountId}/default` });
  const foreign =
    (typeof AwsAccountId === 'string' && AwsAccountId !== accountId) ||
    (typeof ProductArn === 'string' && ProductArn !== own);
  if (!foreign) return;
  const user = formatArn({ ...arn, service: 'iam', region: '', resource: 'root' });
  throw new HubFault(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: securityhub:BatchImportFindings on resource: ${ProductArn}`,
  );
}
