import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Stage } from '@riposte/local-stage';
import { lookSettings } from './look-settings.ts';

/** Lets the lease of a claimed incident run out now, as it does by itself after twenty seconds. One that has ended meanwhile has none. */
export async function endLease(stage: Stage, TableName: string, incident: string): Promise<void> {
  const client = new DynamoDBClient(lookSettings(stage));
  try {
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: `record#${incident}` }, sk: { S: 'record' } },
        UpdateExpression: 'SET leaseUntil = :past',
        ConditionExpression: 'attribute_exists(leaseUntil)',
        ExpressionAttributeValues: { ':past': { S: '2000-01-01T00:00:00.000Z' } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  } finally {
    client.destroy();
  }
}
