import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { compileInventoryRules, quickStartRules } from '@riposte/inventory';
import { awsClient } from '@riposte/lambda';
import { askQueue } from './ask-queue.ts';
import type { ComparePorts } from './compare-messages.ts';
import type { CompareConfig } from './config.ts';
import { dynamoTrackedInventories } from './dynamo-tracked-inventories.ts';
import { findingImports } from './import/finding-imports.ts';
import { lookAt } from './look-at/look-at.ts';
import { s3ComparisonRecords } from './s3-comparison-records.ts';
import { s3Inventories } from './s3-inventories.ts';
import { s3Ledgers } from './s3-ledgers.ts';
import { diskSpool } from './spool.ts';

/** What comparing needs, on AWS; made once a function, each run says how much time it has left. */
export function comparePorts(config: CompareConfig): (timeLeft: () => number) => ComparePorts {
  const s3 = awsClient(S3Client, {});
  const evidence = { client: s3, bucketName: config.EVIDENCE_BUCKET_NAME };
  const quickStart = quickStartRules(config.CRITICAL_FILE_PATTERNS, config.SEVERITY_LABEL);
  const importsWithin = findingImports(config);
  const ports = {
    inventories: s3Inventories({ client: s3, spool: diskSpool(join(tmpdir(), 'riposte-spool')) }),
    tracked: dynamoTrackedInventories({
      client: awsClient(DynamoDBClient, {}),
      tableName: config.FIM_TABLE_NAME,
    }),
    ledgers: s3Ledgers(evidence),
    comparisons: s3ComparisonRecords(evidence),
    rules: compileInventoryRules({ rules: [] }, { quickStart }),
    evidenceBucket: config.EVIDENCE_BUCKET_NAME,
    ask: askQueue(awsClient(SQSClient, {}), config.QUEUE_URL),
    clock: () => new Date(),
  };
  return (timeLeft) => {
    const imports = importsWithin(timeLeft);
    const look = lookAt({ ...ports, imports });
    return {
      bucket: config.INVENTORY_BUCKET_NAME,
      look: (objects) => look(objects, timeLeft),
      importAgain: imports.importAgain,
    };
  };
}
