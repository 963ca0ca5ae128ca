import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { lookSettings } from '../guard/look-settings.ts';
import type { RouterWorld } from './router-world.ts';

/** The evidence of a finding in the bucket, and how many manifests there are. */
export async function evidenceOf(
  { stage, names }: RouterWorld,
  id: string,
): Promise<{ readonly document: unknown; readonly manifests: number } | undefined> {
  const Bucket = names.EvidenceBucketName;
  const client = new S3Client({ ...lookSettings(stage), forcePathStyle: true });
  try {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    const keys = Contents.flatMap(({ Key }) => Key ?? []);
    for (const Key of keys.filter((key) => key.startsWith('findings/'))) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const text = (await Body?.transformToString()) ?? '';
      if (!text.includes(id)) continue;
      const manifests = keys.filter((key) => key.startsWith('manifests/')).length;
      return { document: JSON.parse(text), manifests };
    }
    return undefined;
  } finally {
    client.destroy();
  }
}
