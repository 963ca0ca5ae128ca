import {
  type AsffDraft,
  type AsffDraftResource,
  consoleDomain,
  formatArn,
  partitionOfRegion,
} from '@riposte/findings';
import type { InventoryKey } from '../model/inventory-key.ts';

/** What all findings of the detector have in common, given the node's place. */
export function placeOf(
  node: Pick<InventoryKey, 'account' | 'region'>,
): Pick<AsffDraft, 'accountId' | 'region' | 'productName' | 'companyName'> {
  return {
    accountId: node.account,
    region: node.region,
    productName: 'Riposte file integrity monitoring',
    companyName: 'Riposte',
  };
}

/** The node as a resource: an instance of EC2, or another machine that Systems Manager manages. */
export function nodeResource(
  { account, region, node }: Pick<InventoryKey, 'account' | 'region' | 'node'>,
  tags?: Readonly<Record<string, string>>,
): AsffDraftResource {
  const isInstance = node.startsWith('i-');
  const partition = partitionOfRegion(region);
  return {
    type: isInstance ? 'AwsEc2Instance' : 'Other',
    id: formatArn({
      partition,
      service: isInstance ? 'ec2' : 'ssm',
      region,
      accountId: account,
      resource: `${isInstance ? 'instance' : 'managed-instance'}/${node}`,
    }),
    region,
    ...(tags && Object.keys(tags).length > 0 && { tags }),
  };
}

/** An object of S3 as the console shows it, or nothing where its address does not fit into a finding. */
export function objectUrl(
  region: string,
  {
    bucket,
    key,
    versionId,
  }: { readonly bucket: string; readonly key: string; readonly versionId?: string },
): { readonly sourceUrl?: string } {
  const query = new URLSearchParams({ prefix: key, ...(versionId !== undefined && { versionId }) });
  const url = `https://${consoleDomain(partitionOfRegion(region))}/s3/object/${encodeURIComponent(bucket)}?${query}`;
  return url.length <= 2048 ? { sourceUrl: url } : {};
}

/** Product fields without those that are not known. */
export function fieldsOf(
  fields: Readonly<Record<string, string | number | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[`riposte/fim/${name}`, `${value}`]],
    ),
  );
}
