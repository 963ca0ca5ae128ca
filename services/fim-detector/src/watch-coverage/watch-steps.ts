import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { parseArn } from '@riposte/findings';
import { awsClient } from '@riposte/lambda';
import { dynamoTrackedInventories } from '../dynamo-tracked-inventories.ts';
import { findingImports } from '../import/finding-imports.ts';
import { expectedSync, type WatchConfig } from './config.ts';
import { deadLetterDepth } from './dead-letter-depth.ts';
import { dynamoAllInventories } from './dynamo-all-inventories.ts';
import { dynamoEndedNodes } from './dynamo-ended-nodes.ts';
import { dynamoProblems } from './dynamo-problems.ts';
import { dynamoProgress } from './dynamo-progress.ts';
import { followSilence } from './follow-silence.ts';
import { lookQueue } from './look-queue.ts';
import { repairGaps } from './repair-gaps.ts';
import { s3Bucket, s3Objects } from './s3-bucket.ts';
import { s3NodeStatuses } from './s3-node-statuses.ts';
import { ssmNodes } from './ssm-nodes.ts';
import { ssmSyncs } from './ssm-syncs.ts';
import { tellProblems } from './tell-problems.ts';
import { tellSilence } from './tell-silence.ts';
import { watchBucket } from './watch-bucket.ts';
import { observing, type Step } from './watch-coverage.ts';
import { watchInventories } from './watch-inventories.ts';
import { watchNodes } from './watch-nodes.ts';
import { watchSyncs } from './watch-syncs.ts';

const day = 24 * 3_600_000;

/** The parts of the watch on AWS, made once a function; each run says how much time it has left. */
export function watchSteps(config: WatchConfig): (timeLeft: () => number) => readonly Step[] {
  const clock = () => new Date();
  const [s3, ssm, sqs] = [
    awsClient(S3Client, {}),
    awsClient(SSMClient, {}),
    awsClient(SQSClient, {}),
  ];
  const table = { client: awsClient(DynamoDBClient, {}), tableName: config.FIM_TABLE_NAME };
  const place = {
    account: parseArn(config.ALERTS_TOPIC_ARN).accountId,
    region: config.AWS_REGION,
    bucket: config.INVENTORY_BUCKET_NAME,
    prefix: config.INVENTORY_PREFIX,
    grace: 2 * config.INVENTORY_INTERVAL,
  };
  const { bucket } = place;
  const [bucketState, syncs] = [s3Bucket(s3, bucket), ssmSyncs(ssm)];
  const importsWithin = findingImports(config);
  const shared = {
    tracked: dynamoTrackedInventories(table),
    looks: lookQueue(sqs, config.DETECTOR_QUEUE_URL),
    progress: dynamoProgress(table),
    statuses: s3NodeStatuses(s3),
    clock,
  };
  return (timeLeft) => {
    const ports = { ...shared, imports: importsWithin(timeLeft), timeLeft };
    const tell = tellProblems({ ...ports, problems: dynamoProblems(table) });
    const [ended, retention] = [dynamoEndedNodes(table), config.RETENTION_DAYS * day];
    const inventories = {
      ...ports,
      all: dynamoAllInventories(table),
      tellSilence: tellSilence(ports),
      followSilence: followSilence({ ...ports, ended, retention }),
    };
    const silence = { bucket, interval: config.INVENTORY_INTERVAL, types: config.WATCHED_TYPES };
    const bucketSubject = { kind: 'bucket', name: bucket, ...place } as const;
    const expected = { ...place, syncName: expectedSync(config) };
    return [
      observing('bucket', () => watchBucket(bucketState, bucketSubject), tell),
      observing('syncs', () => watchSyncs(syncs, expected), tell),
      {
        name: 'inventories',
        run: async () => ({ ...(await watchInventories(inventories, silence)) }),
      },
      observing('nodes', () => watchNodes({ ...ports, nodes: ssmNodes(ssm) }, place), tell),
      {
        name: 'gaps',
        run: async () => ({
          ...(await repairGaps({ ...ports, objects: s3Objects(s3, bucket) }, place)),
        }),
      },
      {
        name: 'dead letters',
        run: async () => ({ waiting: await deadLetterDepth(sqs, config.DETECTOR_DLQ_URL) }),
      },
    ];
  };
}
