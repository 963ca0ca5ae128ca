import {
  type InstanceAssociationStatusInfo,
  type InstanceInformation,
  paginateDescribeInstanceAssociationsStatus,
  paginateDescribeInstanceInformation,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { FailedAssociation, ManagedNode, ManagedNodes } from './watch-nodes.ts';

/** Documents that gather inventory. */
const gathering = /(^|[:/])AWS-GatherSoftwareInventory$/;

/** What an association's last run may end in, that sends nothing. */
const failures: readonly (string | undefined)[] = ['Failed', 'Skipped'];

/**
 * `ManagedNodes` on Systems Manager. Needs `ssm:DescribeInstanceInformation` and `ssm:DescribeInstanceAssociationsStatus`.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceAggregatedAssociationOverview.html
 */
export function ssmNodes(client: SSMClient): ManagedNodes {
  return {
    async *pages() {
      for await (const page of paginateDescribeInstanceInformation({ client, pageSize: 50 }, {}))
        yield (page.InstanceInformationList ?? []).flatMap(managedNode);
    },
    async failedAssociations(InstanceId) {
      const failed: FailedAssociation[] = [];
      const pages = paginateDescribeInstanceAssociationsStatus({ client }, { InstanceId });
      for await (const { InstanceAssociationStatusInfos = [] } of pages)
        failed.push(...InstanceAssociationStatusInfos.flatMap(failedAssociation));
      return failed;
    },
  };
}

function managedNode(info: InstanceInformation): readonly ManagedNode[] {
  const { InstanceId, PingStatus, LastPingDateTime, AssociationStatus, AssociationOverview } = info;
  if (!InstanceId) return [];
  const counts = AssociationOverview?.InstanceAssociationStatusAggregatedCount ?? {};
  const hasFailures =
    failures.includes(AssociationStatus) ||
    failures.some((status) => status !== undefined && (counts[status] ?? 0) > 0);
  return [
    {
      node: InstanceId,
      ping: PingStatus ?? 'unknown',
      ...(LastPingDateTime && { lastPingAt: LastPingDateTime.toISOString() }),
      hasFailures,
    },
  ];
}

function failedAssociation(info: InstanceAssociationStatusInfo): readonly FailedAssociation[] {
  const { AssociationId = '', Name = '', Status, DetailedStatus, ErrorCode, ExecutionDate } = info;
  const status = [DetailedStatus, Status].find((one) => failures.includes(one));
  if (!gathering.test(Name) || status === undefined) return [];
  return [
    {
      ...{ id: AssociationId, name: Name, status },
      detail: [ErrorCode, info.ExecutionSummary].filter(Boolean).join(': ') || 'not said',
      ...(ExecutionDate && { at: ExecutionDate.toISOString() }),
    },
  ];
}
