import { CloudTrailClient, paginateListTrails } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { parseArn } from '@riposte/findings';
import { settableKinds } from '@riposte/remediations/cloudtrail';
import { dynamoBaselines } from '@riposte/remediations/cloudtrail/baselines';
import { ssmSettings } from '@riposte/responses/aws/ssm-settings';
import { type Connection, connect } from '../aws/connection.ts';
import { stateTableName } from '../aws/exports.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import { resources } from './aws/resources.ts';
import { senses } from './aws/senses.ts';
import { stacksOnCloudFormation } from './aws/stacks-on-cloudformation.ts';
import type { CheckedDeployment, DoctorPorts } from './ports.ts';

/** The options of `riposte doctor`. */
export type DoctorOptions = DeploymentOptions & Pick<CheckedDeployment, 'regions' | 'accounts'>;

/** Opens a deployment for checking; nothing needs to be deployed. */
export async function openDoctor(options: DoctorOptions): Promise<DoctorPorts> {
  const connection = await connect(options);
  const { config, stage, region, partition, accountId } = connection;
  const { regions, accounts } = options;
  return {
    deployment: {
      stage,
      region,
      partition,
      accountId,
      ...(regions && { regions }),
      ...(accounts && { accounts }),
    },
    stacks: stacksOnCloudFormation(connection),
    settings: (service) =>
      ssmSettings({
        client: new SSMClient(config),
        settingsParameter: `/riposte/${stage}/${service}/settings`,
        switchParameter: `/riposte/${stage}/kill-switch`,
        ...(service === 'cloudtrail-guard' && { kinds: settableKinds }),
        clock: () => new Date(),
      }),
    trails: { own: () => ownTrails(connection), approved: () => approvedTrails(connection) },
    ...resources(config),
    ...senses(config),
  };
}

/** ListTrails names trails of all Regions and, in a member account, those of its organization. */
async function ownTrails({ config, accountId }: Connection): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { Trails = [] } of paginateListTrails(
    { client: new CloudTrailClient(config) },
    {},
  )) {
    found.push(...Trails.flatMap(({ TrailARN }) => (TrailARN ? [TrailARN] : [])));
  }
  return found.filter((arn) => parseArn(arn).accountId === accountId);
}

async function approvedTrails(connection: Connection): Promise<readonly string[]> {
  const tableName = await stateTableName(connection);
  const baselines = dynamoBaselines({ client: new DynamoDBClient(connection.config), tableName });
  return (await baselines.all()).map(({ trail }) => trail.arn);
}
