import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { readMessage } from '../read-message.ts';
import type { Health } from './breaker.ts';
import type { HealthStore } from './ports.ts';

/** The router's table. */
export interface HealthOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  clock(): Date;
}

/** What nobody has written for so long says nothing any more. */
const keptDays = 30;

const text = z.string();
const schema: z.ZodType<Health> = z.object({
  version: z.number(),
  failures: z.number(),
  openings: z.number(),
  pausedUntil: text.exactOptional(),
  probeUntil: text.exactOptional(),
});

/** `HealthStore` in DynamoDB: one item a channel, `channel#NAME` / `health`. */
export function dynamoHealth({ client, tableName, clock }: HealthOptions): HealthStore {
  const keyOf = (channel: string) => ({ pk: `channel#${channel}`, sk: 'health' });
  return {
    async read(channel) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: marshall(keyOf(channel)),
          ConsistentRead: true,
        }),
      );
      return Item && readMessage(schema, unmarshall(Item));
    },
    async write(channel, health) {
      const expiresAt = Math.floor(clock().getTime() / 1000) + keptDays * 86_400;
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall(
              { ...keyOf(channel), ...health, expiresAt },
              { removeUndefinedValues: true },
            ),
            ConditionExpression: 'attribute_not_exists(pk) OR #version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: marshall({ ':before': health.version - 1 }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
