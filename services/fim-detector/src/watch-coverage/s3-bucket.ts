import {
  GetBucketNotificationConfigurationCommand,
  GetBucketVersioningCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { parseInventoryKey } from '@riposte/inventory';
import type { StoredObjects } from './repair-gaps.ts';
import type { WatchedBucket } from './watch-bucket.ts';

/** `WatchedBucket` on S3. Needs `s3:GetBucketVersioning` and `s3:GetBucketNotification`. */
export function s3Bucket(client: S3Client, Bucket: string): WatchedBucket {
  return {
    async versioning() {
      const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
      return Status;
    },
    async notifies() {
      const answer = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
      const others = [
        ...(answer.QueueConfigurations ?? []),
        ...(answer.TopicConfigurations ?? []),
        ...(answer.LambdaFunctionConfigurations ?? []),
      ];
      return answer.EventBridgeConfiguration !== undefined || others.length > 0;
    },
  };
}

/** `StoredObjects` on S3: a thousand keys a page, in the order of their bytes. Needs `s3:ListBucket`. */
export function s3Objects(client: S3Client, Bucket: string): StoredObjects {
  return {
    async page(Prefix, after) {
      const { Contents = [], IsTruncated } = await client.send(
        new ListObjectsV2Command({ Bucket, Prefix, ...(after !== '' && { StartAfter: after }) }),
      );
      const last = Contents.at(-1)?.Key;
      return {
        objects: Contents.flatMap(({ Key = '', LastModified }) => {
          const key = parseInventoryKey(Key);
          return key && LastModified ? [{ key, storedAt: LastModified.toISOString() }] : [];
        }),
        ...(IsTruncated && last !== undefined && { next: last }),
      };
    },
  };
}
