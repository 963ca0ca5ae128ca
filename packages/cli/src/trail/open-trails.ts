import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { approvedBaselines } from '../aws/approved-baselines.ts';
import { connect } from '../aws/connection.ts';
import { stateTableName } from '../aws/exports.ts';
import { trailsFor } from '../aws/trails.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import type { TrailCommandPorts } from './ports.ts';

/** The options of a command on trails, which may be in another account. */
export interface TrailOptions extends DeploymentOptions {
  readonly accountProfile?: string;
}

/**
 * Opens the trails and baselines of a deployment on AWS.
 *
 * @throws NotDeployedError where there is none.
 */
export async function openTrails(options: TrailOptions): Promise<TrailCommandPorts> {
  const connection = await connect(options);
  const { config, accountId, region, caller } = connection;
  const tableName = await stateTableName(connection);
  const { accountProfile } = options;
  return {
    accountId,
    region,
    caller,
    clock: () => new Date(),
    baselines: approvedBaselines({ client: new DynamoDBClient(config), tableName }),
    trails: trailsFor(connection, {
      onBehalfOf: 'riposte-cli',
      ...(accountProfile !== undefined && { accountProfile }),
    }),
  };
}
