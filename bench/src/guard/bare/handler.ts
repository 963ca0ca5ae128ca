import {
  CloudTrailClient,
  GetTrailStatusCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';

const trails = new CloudTrailClient({});
const table = new DynamoDBClient({});
const parameters = new SSMClient({});
const { STATE_TABLE_NAME: TableName, SETTINGS_PARAMETER, KILL_SWITCH_PARAMETER } = process.env;

interface StopLogging {
  readonly id: string;
  readonly detail: { readonly requestParameters: { readonly name: string } };
}

/**
 * The least that one could write with the clients of `restart-trail`: the same calls in the same order, and nothing checked, read from the
 * event, decided, logged or measured. What `restart-trail` takes longer is the price of being Riposte.
 */
export async function handler({ id, detail }: StopLogging): Promise<void> {
  const Name = detail.requestParameters.name;
  const Key = { pk: { S: `bare#${id}` }, sk: { S: 'bare' } };
  await Promise.all([
    trails.send(new GetTrailStatusCommand({ Name })),
    parameters.send(
      new GetParametersCommand({ Names: [SETTINGS_PARAMETER ?? '', KILL_SWITCH_PARAMETER ?? ''] }),
    ),
  ]);
  await table.send(
    new PutItemCommand({ TableName, Item: Key, ConditionExpression: 'attribute_not_exists(pk)' }),
  );
  await trails.send(new StartLoggingCommand({ Name }));
  await trails.send(new GetTrailStatusCommand({ Name }));
  await table.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET #done = :done',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#done': 'done' },
      ExpressionAttributeValues: { ':done': { BOOL: true } },
    }),
  );
}
