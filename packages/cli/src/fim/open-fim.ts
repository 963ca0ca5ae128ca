import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { connect } from '../aws/connection.ts';
import { evidenceBucketName, fimDetectorOf } from '../aws/exports.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import { NotDeployedError } from '../errors.ts';
import { dynamoInventories } from './dynamo-inventories.ts';
import type { FimPorts } from './ports.ts';
import { s3Ledgers } from './s3-ledgers.ts';

/**
 * Opens a deployment's file integrity monitoring on AWS.
 *
 * @throws NotDeployedError where there is none.
 */
export async function openFim(options: DeploymentOptions): Promise<FimPorts> {
  const connection = await connect(options);
  const { config, stage, caller, accountId, region } = connection;
  const { tableName, queueUrl } = await fimDetectorOf(connection);
  const evidence = await evidenceBucketName(connection);
  if (evidence === undefined) {
    throw new NotDeployedError(
      `the deployment ${stage} in account ${accountId}, ${region} has no evidence bucket`,
      'check --stage, --region and --profile',
    );
  }
  const queue = new SQSClient(config);
  return {
    ...dynamoInventories({ client: new DynamoDBClient(config), tableName }),
    ...s3Ledgers(new S3Client(config), evidence),
    async send(message) {
      const MessageBody = JSON.stringify(message);
      await queue.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    },
    wait: (milliseconds) => sleep(milliseconds),
    stage,
    caller,
    clock: () => new Date(),
  };
}
