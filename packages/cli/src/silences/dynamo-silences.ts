import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { readSilenceItem, silenceItem, silencePartition } from '@riposte/notifications';
import type { SilencesPorts } from './ports.ts';

/** Silences in the router's table, as the router itself reads them. */
export function dynamoSilences(
  client: DynamoDBClient,
  TableName: string,
): Pick<SilencesPorts, 'silences' | 'write'> {
  return {
    async silences() {
      const pages = paginateQuery(
        { client },
        {
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: marshall({ ':pk': silencePartition }),
          ConsistentRead: true,
        },
      );
      const found = [];
      for await (const { Items = [] } of pages) {
        found.push(...Items.flatMap((item) => readSilenceItem(unmarshall(item)) ?? []));
      }
      return found;
    },
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
          new PutItemCommand({ TableName, Item, ...(version === 1 ? isNew : onVersion) }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
