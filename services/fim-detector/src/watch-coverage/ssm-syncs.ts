import { paginateListResourceDataSync, type SSMClient } from '@aws-sdk/client-ssm';
import type { ResourceDataSync, ResourceDataSyncs } from './watch-syncs.ts';

/** `ResourceDataSyncs` on Systems Manager. Needs `ssm:ListResourceDataSync`. */
export function ssmSyncs(client: SSMClient): ResourceDataSyncs {
  return {
    async list() {
      const syncs: ResourceDataSync[] = [];
      for await (const { ResourceDataSyncItems = [] } of paginateListResourceDataSync(
        { client },
        {},
      )) {
        for (const item of ResourceDataSyncItems) {
          const { LastSyncStatusMessage, LastSuccessfulSyncTime } = item;
          syncs.push({
            name: item.SyncName ?? '',
            bucket: item.S3Destination?.BucketName ?? '',
            status: item.LastStatus ?? 'unknown',
            ...(LastSyncStatusMessage && { message: LastSyncStatusMessage }),
            ...(LastSuccessfulSyncTime && { lastSuccessAt: LastSuccessfulSyncTime.toISOString() }),
          });
        }
      }
      return syncs;
    },
  };
}
