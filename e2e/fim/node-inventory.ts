import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** A file as the agent lists it; times in ISO 8601. */
export interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly modified: string;
}

/** A node whose inventory is synced. */
export interface SyncedNode {
  readonly account: string;
  readonly region: string;
  readonly node: string;
}

/** The key under which resource data sync keeps a node's files. */
export function inventoryObjectKey({ account, region, node }: SyncedNode): string {
  return `AWS:File/accountid=${account}/region=${region}/resourcetype=ManagedInstanceInventory/${node}.json`;
}

/** Lines as Systems Manager's agent gives them on Linux. */
export function inventoryText(
  node: string,
  files: readonly ListedFile[],
  captureTime: string,
): string {
  const lines = files.map(({ path, size, modified }) => {
    const cut = path.lastIndexOf('/');
    return JSON.stringify({
      Name: path.slice(cut + 1),
      Size: String(size),
      Description: '',
      FileVersion: '',
      InstalledDate: '',
      ModificationTime: modified,
      LastAccessTime: '',
      ProductName: '',
      InstalledDir: path.slice(0, cut) || '/',
      ProductLanguage: '',
      CompanyName: '',
      ProductVersion: '',
      resourceId: node,
      captureTime,
      schemaVersion: '1.0',
    });
  });
  return `${lines.join('\n')}\n`;
}

/** Does what the sync does when a node reports. @returns the version that S3 gave it. */
export async function syncInventory(
  s3: S3Client,
  bucket: string,
  node: SyncedNode,
  report: { readonly files: readonly ListedFile[]; readonly captureTime: string },
): Promise<string> {
  const { VersionId = '' } = await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: inventoryObjectKey(node),
      Body: inventoryText(node.node, report.files, report.captureTime),
    }),
  );
  return VersionId;
}
