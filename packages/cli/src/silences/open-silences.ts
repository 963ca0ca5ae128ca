import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connect } from '../aws/connection.ts';
import { routerTableName } from '../aws/exports.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import { dynamoSilences } from './dynamo-silences.ts';
import type { SilencesPorts } from './ports.ts';

/**
 * Opens the silences of a deployment's finding router on AWS.
 *
 * @throws NotDeployedError where there is none.
 */
export async function openSilences(options: DeploymentOptions): Promise<SilencesPorts> {
  const connection = await connect(options);
  const { config, stage, caller } = connection;
  const table = await routerTableName(connection);
  return {
    ...dynamoSilences(new DynamoDBClient(config), table),
    stage,
    caller,
    clock: () => new Date(),
  };
}
