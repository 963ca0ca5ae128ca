import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { awsClient } from '@riposte/lambda';
import type { EvidenceConfig } from './config.ts';
import { dynamoDocuments } from './documents/dynamo-documents.ts';
import { s3EvidenceBucket } from './evidence/s3-evidence-bucket.ts';
import type { KeepPorts } from './keep-evidence.ts';
import { DynamoTable } from './table.ts';

/** What keeping evidence needs, on AWS. */
export function evidencePorts(config: EvidenceConfig): KeepPorts {
  const { EVIDENCE_BUCKET_NAME: bucketName, ROUTER_TABLE_NAME } = config;
  const client = awsClient(S3Client, {});
  const clock = () => new Date();
  const table = new DynamoTable(awsClient(DynamoDBClient, {}), ROUTER_TABLE_NAME);
  return {
    bucket: s3EvidenceBucket({ client, bucketName }),
    documents: dynamoDocuments(table, clock),
    clock,
  };
}
