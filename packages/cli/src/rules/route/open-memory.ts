import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connect } from '../../aws/connection.ts';
import { routerTableName } from '../../aws/exports.ts';
import type { DeploymentOptions } from '../../deployment-options.ts';
import { dynamoMemory } from './dynamo-memory.ts';
import type { RouterMemory } from './router-memory.ts';

/**
 * Opens the memory of a deployment's finding router for reading.
 *
 * @throws NotDeployedError where there is none.
 */
export async function openMemory(options: DeploymentOptions): Promise<RouterMemory> {
  const connection = await connect(options);
  const { config, stage, accountId, region } = connection;
  const table = await routerTableName(connection);
  return {
    name: `${stage} (${accountId}, ${region})`,
    ...dynamoMemory(new DynamoDBClient(config), table),
  };
}
