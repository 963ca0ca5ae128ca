import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { parseArn } from '@riposte/findings';
import { awsClient } from '@riposte/lambda';
import type { ActPorts } from './act.ts';
import { awsSystems } from './aws-systems.ts';
import type { ActConfig } from './config.ts';
import { dynamoDocuments } from './documents/dynamo-documents.ts';
import { hubFindings } from './hub-findings.ts';
import { routerSettings } from './router-settings.ts';
import { DynamoTable } from './table.ts';

/** What carrying out actions needs, on AWS. */
export function actPorts(config: ActConfig): ActPorts {
  const ssm = awsClient(SSMClient, {});
  const clock = () => new Date();
  const table = new DynamoTable(awsClient(DynamoDBClient, {}), config.ROUTER_TABLE_NAME);
  const home = {
    accountId: parseArn(config.ALERTS_TOPIC_ARN).accountId,
    region: config.AWS_REGION,
  };
  return {
    systems: awsSystems({
      eventBridge: awsClient(EventBridgeClient, {}),
      eventBusName: config.EVENT_BUS_NAME,
      lambda: awsClient(LambdaClient, {}),
      sqs: awsClient(SQSClient, {}),
      ssm,
      tagging: awsClient(ResourceGroupsTaggingAPIClient, {}),
      documents: config.AUTOMATION_DOCUMENTS,
      home,
    }),
    hub: hubFindings(awsClient(SecurityHubClient, {})),
    settings: routerSettings(ssm, config),
    documents: dynamoDocuments(table, clock),
  };
}
