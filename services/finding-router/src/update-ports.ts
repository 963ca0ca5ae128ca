import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SSMClient } from '@aws-sdk/client-ssm';
import { awsClient } from '@riposte/lambda';
import type { UpdateConfig } from './config.ts';
import { dynamoStates } from './dynamo-states.ts';
import { hubFindings } from './hub-findings.ts';
import { routerSettings } from './router-settings.ts';
import { DynamoTable } from './table.ts';
import type { UpdatePorts } from './update-findings.ts';

/** What updating findings needs, on AWS. */
export function updatePorts(config: UpdateConfig): UpdatePorts {
  const clock = () => new Date();
  const table = new DynamoTable(awsClient(DynamoDBClient, {}), config.ROUTER_TABLE_NAME);
  return {
    hub: hubFindings(awsClient(SecurityHubClient, {})),
    states: dynamoStates(table, clock),
    settings: routerSettings(awsClient(SSMClient, {}), config),
  };
}
