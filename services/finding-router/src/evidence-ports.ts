import { S3Client } from '@aws-sdk/client-s3';
import { awsClient } from '@riposte/lambda';
import type { EvidenceConfig } from './config.ts';
import { s3EvidenceBucket } from './evidence/s3-evidence-bucket.ts';
import type { StorePorts } from './evidence/store-evidence.ts';

/** What keeping evidence needs, on AWS. */
export function evidencePorts({ EVIDENCE_BUCKET_NAME: bucketName }: EvidenceConfig): StorePorts {
  const client = awsClient(S3Client, {});
  return { bucket: s3EvidenceBucket({ client, bucketName }), clock: () => new Date() };
}
