import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { awsClient, measure } from '@riposte/lambda';
import { cloudTrailPorts } from '@riposte/remediations/cloudtrail';
import { dynamoRecords } from '@riposte/responses/aws/dynamo-records';
import { ssmSettings } from '@riposte/responses/aws/ssm-settings';
import { cloudTrailClients } from './cloud-trail-clients.ts';
import type { GuardConfig } from './config.ts';
import type { GuardPorts } from './ports.ts';

/** The guard's ports on AWS, for the function's environment. */
export function guardPorts(config: GuardConfig): GuardPorts {
  const clock = () => new Date();
  const clientsFor = cloudTrailClients(config, clock);
  const client = awsClient(DynamoDBClient, {});
  return {
    trails: (onBehalfOf = `guard-${config.RIPOSTE_FUNCTION}`) =>
      cloudTrailPorts(clientsFor(onBehalfOf)),
    records: dynamoRecords({ client, tableName: config.STATE_TABLE_NAME, clock }),
    settings: ssmSettings({
      client: awsClient(SSMClient, {}),
      settingsParameter: config.SETTINGS_PARAMETER,
      switchParameter: config.KILL_SWITCH_PARAMETER,
      clock,
    }),
    clock,
    measure,
    stage: config.RIPOSTE_STAGE,
  };
}
