import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { readSilenceItem, silenceItem, silencePartition } from '@riposte/notifications';
import { itemsOf } from '../aws/dynamo-items.ts';
import type { SilencesPorts } from './ports.ts';

/** Silences in the router's table, as the router itself reads them. */
export function dynamoSilences(
  client: DynamoDBClient,
  tableName: string,
): Pick<SilencesPorts, 'silences' | 'write'> {
  return {
    silences: async () =>
      (await itemsOf({ client, tableName }, silencePartition)).flatMap(
        (item) => readSilenceItem(item) ?? [],
      ),
    async write({ silence, version }) {
      const Item = marshall(silenceItem(silence, version), { removeUndefinedValues: true });
      const onVersion = {
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: marshall({ ':before': version - 1 }),
      };
      const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item,
            ...(version === 1 ? isNew : onVersion),
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
