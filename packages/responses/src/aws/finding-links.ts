import {
  ConditionalCheckFailedException,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ResponseRecords } from '../ports.ts';
import type { ClaimOptions } from './claim-record.ts';
import { attributeValues, expiryOf } from './record-item.ts';

/** How long a link waits for what is to be written on its finding before somebody else may take it over. */
const leaseMs = 60_000;

/**
 * Links between findings and incidents: items `record#ID`/`finding#KEY` beside the record. `openUntil` is there while what is to be written
 * on the finding is not known to be written.
 */
export function findingLinks({
  client,
  tableName: TableName,
  clock,
}: ClaimOptions): Pick<ResponseRecords, 'linkFinding' | 'closeFinding' | 'reopenFinding'> {
  const update = async (id: string, findingKey: string, change: Change) => {
    const Key = attributeValues(linkKey(id, findingKey));
    await client.send(new UpdateItemCommand({ TableName, Key, ...change }));
  };
  return {
    async linkFinding(id, findingKey) {
      const now = clock();
      const link = {
        ...linkKey(id, findingKey),
        openUntil: new Date(now.getTime() + leaseMs).toISOString(),
        expiresAt: expiryOf(now),
      };
      try {
        await client.send(
          new PutItemCommand({
            TableName,
            Item: attributeValues(link),
            ConditionExpression: 'attribute_not_exists(pk) OR openUntil < :now',
            ExpressionAttributeValues: attributeValues({ ':now': now.toISOString() }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    closeFinding: (id, findingKey) =>
      update(id, findingKey, { UpdateExpression: 'REMOVE openUntil' }),
    reopenFinding: (id, findingKey) =>
      update(id, findingKey, {
        UpdateExpression: 'SET openUntil = :over',
        ExpressionAttributeValues: attributeValues({ ':over': '' }),
      }),
  };
}

type Change = Pick<
  ConstructorParameters<typeof UpdateItemCommand>[0],
  'UpdateExpression' | 'ExpressionAttributeValues'
>;

function linkKey(id: string, findingKey: string) {
  return { pk: `record#${id}`, sk: `finding#${findingKey}` };
}
