import { cloudTrailRecord, type Document, home } from './cloudtrail-record.ts';
import { findingId } from './sample-findings.ts';

/** An event as EventBridge delivers it. */
export function eventBridgeEvent(
  source: string,
  detailType: string,
  detail: unknown,
  resources: readonly string[] = [],
): Document {
  return {
    version: '0',
    id: '8e5622f9-d81c-4d81-612a-9319e7ee2506',
    'detail-type': detailType,
    source,
    account: home.accountId,
    time: '2026-11-24T03:04:00Z',
    region: home.region,
    resources,
    detail,
  };
}

/** Security Hub imported or updated ASFF findings. */
export function importedEvent(...findings: readonly unknown[]): Document {
  const detailType = 'Security Hub Findings - Imported';
  return eventBridgeEvent('aws.securityhub', detailType, { findings }, [findingId]);
}

/** Security Hub V2 imported or updated OCSF findings. */
export function importedV2Event(...findings: readonly unknown[]): Document {
  return eventBridgeEvent('aws.securityhub', 'Findings Imported V2', { findings }, [findingId]);
}

const actionArn = `arn:aws:securityhub:eu-west-1:${home.accountId}:action/custom/RestartTrail`;

/** An analyst clicked a custom action on findings. */
export function customActionEvent(...findings: readonly unknown[]): Document {
  const detail = {
    actionName: 'Restart CloudTrail',
    actionDescription: 'Starts the trail again',
    findings,
  };
  return eventBridgeEvent('aws.securityhub', 'Security Hub Findings - Custom Action', detail, [
    actionArn,
  ]);
}

/** An analyst clicked a custom action on the results of an insight. */
export function insightResultsEvent(changes: Readonly<Document> = {}): Document {
  const detail = {
    actionName: 'Restart CloudTrail',
    actionDescription: 'Starts the trail again',
    insightName: 'Busiest keys',
    insightArn: 'arn:aws:securityhub:::insight/securityhub/default/9',
    resultType: 'ResourceAwsIamAccessKeyUserName',
    insightResults: [{ mallory: 5, trudy: 2 }, { eve: 1 }],
    ...changes,
  };
  return eventBridgeEvent('aws.securityhub', 'Security Hub Insight Results', detail, [actionArn]);
}

/** GuardDuty found something. */
export function guardDutyEvent(finding: unknown): Document {
  return eventBridgeEvent('aws.guardduty', 'GuardDuty Finding', finding);
}

/**
 * CloudTrail reported an API call.
 *
 * @param changes to `cloudTrailRecord`.
 */
export function apiCallEvent(changes: Readonly<Document> = {}): Document {
  const detail = cloudTrailRecord(changes);
  const service = String(detail.eventSource).split('.')[0];
  return eventBridgeEvent(`aws.${service}`, 'AWS API Call via CloudTrail', detail);
}
