import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { awsClient } from '@riposte/lambda';
import type { OutboxTargets } from '@riposte/responses/aws/outbox-ports';
import type { OutboxConfig } from './config.ts';

/** The outbox's targets on AWS, for the function's environment. No call is made before one is used. */
export function outboxTargets(config: OutboxConfig): OutboxTargets {
  return {
    // The bucket's name in the path: the local stage has one address for all buckets.
    s3: awsClient(S3Client, { forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined }),
    bucketName: config.EVIDENCE_BUCKET_NAME,
    eventBridge: awsClient(EventBridgeClient, {}),
    eventBusName: config.EVENT_BUS_NAME,
    sns: awsClient(SNSClient, {}),
    topicArn: config.ALERTS_TOPIC_ARN,
    dynamo: awsClient(DynamoDBClient, {}),
    tableName: config.STATE_TABLE_NAME,
  };
}
