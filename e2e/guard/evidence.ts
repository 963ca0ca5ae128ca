import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import type { Stage } from '@riposte/local-stage';
import { lookSettings } from './look-settings.ts';

/** One version of an object in the evidence bucket. */
export interface EvidenceVersion {
  readonly key: string;
  readonly versionId: string;
}

/** Every version of every object under a prefix: an object written once has one. */
export async function evidenceVersions(
  stage: Stage,
  Bucket: string,
  Prefix = 'responses/',
): Promise<readonly EvidenceVersion[]> {
  const client = clientOf(stage);
  const found: EvidenceVersion[] = [];
  let KeyMarker: string | undefined;
  do {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix, KeyMarker }));
    for (const { Key: key = '', VersionId: versionId = '' } of page.Versions ?? []) {
      found.push({ key, versionId });
    }
    KeyMarker = page.NextKeyMarker;
  } while (KeyMarker);
  client.destroy();
  return found;
}

/** What an object of the evidence bucket says. */
export async function evidenceDocument(
  stage: Stage,
  Bucket: string,
  Key: string,
): Promise<unknown> {
  const client = clientOf(stage);
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  const text = await Body?.transformToString();
  client.destroy();
  return JSON.parse(text ?? 'null');
}

function clientOf(stage: Stage): S3Client {
  return new S3Client({ ...lookSettings(stage), forcePathStyle: true });
}
