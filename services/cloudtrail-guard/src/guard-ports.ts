import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { parseArn } from '@riposte/findings';
import { awsClient, measure } from '@riposte/lambda';
import { cloudTrailPorts, settableKinds } from '@riposte/remediations/cloudtrail';
import { dynamoBaselines } from '@riposte/remediations/cloudtrail/baselines';
import { dynamoRecords } from '@riposte/responses/aws/dynamo-records';
import { ssmSettings } from '@riposte/responses/aws/ssm-settings';
import { cloudTrailClients } from './cloud-trail-clients.ts';
import type { GuardConfig } from './config.ts';
import { ownRoles } from './own-roles.ts';
import type { RepairPorts } from './ports.ts';

/** The guard's ports on AWS, for the function's environment. No call is made before one is used. */
export function guardPorts(config: GuardConfig): RepairPorts {
  const clock = () => new Date();
  const clientsFor = cloudTrailClients(config, clock);
  const table = {
    client: awsClient(DynamoDBClient, {}),
    tableName: config.STATE_TABLE_NAME,
    clock,
  };
  return {
    trails: (onBehalfOf = `guard-${config.RIPOSTE_FUNCTION}`) =>
      cloudTrailPorts(clientsFor(onBehalfOf)),
    records: dynamoRecords(table),
    baselines: dynamoBaselines(table),
    settings: ssmSettings({
      client: awsClient(SSMClient, {}),
      settingsParameter: config.SETTINGS_PARAMETER,
      switchParameter: config.KILL_SWITCH_PARAMETER,
      kinds: settableKinds,
      clock,
    }),
    clock,
    measure,
    stage: config.RIPOSTE_STAGE,
    isOwnRole: ownRoles({
      ownAccount: parseArn(config.ALERTS_TOPIC_ARN).accountId,
      stage: config.RIPOSTE_STAGE,
      memberRoleName: config.MEMBER_ROLE_NAME,
    }),
  };
}
