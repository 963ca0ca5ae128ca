import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { formatInventoryKey } from '@riposte/inventory';
import * as z from 'zod';
import type { NodeStatuses } from './follow-silence.ts';

const line = z.object({ InstanceStatus: z.string() });
/** It is one line. */
const mostBytes = 64 * 1024;

/**
 * `NodeStatuses` in the bucket: the node's `AWS:InstanceInformation`, which the service keeps after the node is gone. Needs `s3:GetObject`, and
 * `s3:ListBucket`, without which S3 does not say that there is none.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-inventory-query.html
 */
export function s3NodeStatuses(client: S3Client): NodeStatuses {
  return {
    async read({ bucket, key }) {
      const Key = formatInventoryKey({ ...key, type: 'AWS:InstanceInformation' });
      try {
        const { Body } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key, Range: `bytes=0-${mostBytes - 1}` }),
        );
        return statusIn((await Body?.transformToString()) ?? '');
      } catch (error) {
        if (error instanceof NoSuchKey || isEmptyObject(error)) return undefined;
        throw error;
      }
    },
  };
}

function isEmptyObject(error: unknown): boolean {
  return error instanceof Error && error.name === 'InvalidRange';
}

function statusIn(text: string): { readonly status: string } | undefined {
  try {
    const { data } = line.safeParse(JSON.parse(text.split('\n', 1)[0] ?? ''));
    return data && { status: data.InstanceStatus };
  } catch {
    return undefined;
  }
}
