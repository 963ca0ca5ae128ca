import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { settableKinds } from '@riposte/remediations/cloudtrail';
import { dynamoRecords } from '@riposte/responses/aws/dynamo-records';
import { ssmSettings } from '@riposte/responses/aws/ssm-settings';
import { connect } from '../aws/connection.ts';
import { evidenceBucketName, stateTableName } from '../aws/exports.ts';
import { tagsFor } from '../aws/tags.ts';
import { trailsFor } from '../aws/trails.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import type { ResponsesPorts } from './ports.ts';

/** The options of a command that may change something in another account. */
export interface ResponsesOptions extends DeploymentOptions {
  readonly accountProfile?: string;
}

const clock = () => new Date();

/**
 * Opens the records of a deployment on AWS.
 *
 * @throws NotDeployedError where there is none.
 */
export async function openResponses(options: ResponsesOptions): Promise<ResponsesPorts> {
  const connection = await connect(options);
  const { config, stage, caller } = connection;
  const tableName = await stateTableName(connection);
  const { accountProfile } = options;
  return {
    stage,
    caller,
    clock,
    records: dynamoRecords({ client: new DynamoDBClient(config), tableName, clock }),
    evidenceBucket: () => evidenceBucketName(connection),
    settings: (service) =>
      ssmSettings({
        client: new SSMClient(config),
        settingsParameter: `/riposte/${stage}/${service}/settings`,
        switchParameter: `/riposte/${stage}/kill-switch`,
        ...(service === 'cloudtrail-guard' && { kinds: settableKinds }),
        clock,
      }),
    tags: ({ accountId, region }) =>
      tagsFor(connection, {
        accountId,
        region,
        ...(accountProfile !== undefined && { accountProfile }),
      }),
    pause,
    trails: (onBehalfOf) =>
      trailsFor(connection, {
        onBehalfOf,
        ...(accountProfile !== undefined && { accountProfile }),
      }),
  };
}
