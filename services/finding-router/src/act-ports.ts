import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { parseArn } from '@riposte/findings';
import { awsClient } from '@riposte/lambda';
import { awsResourceTags } from '@riposte/remediations/tagging';
import { dynamoRecords } from '@riposte/responses/aws/dynamo-records';
import type { ActPorts } from './act.ts';
import { awsSystems } from './aws-systems.ts';
import { ssmAutomations } from './changes/automations.ts';
import type { ActConfig } from './config.ts';
import { dynamoDocuments } from './documents/dynamo-documents.ts';
import { hubFindings } from './hub-findings.ts';
import { routerSettings } from './router-settings.ts';
import { DynamoTable } from './table.ts';

/** What carrying out actions needs, on AWS. */
export function actPorts(config: ActConfig): ActPorts {
  const ssm = awsClient(SSMClient, {});
  const clock = () => new Date();
  const dynamo = awsClient(DynamoDBClient, {});
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
    }),
    hub: hubFindings(awsClient(SecurityHubClient, {})),
    settings: routerSettings(ssm, config),
    documents: dynamoDocuments(new DynamoTable(dynamo, config.ROUTER_TABLE_NAME), clock),
    records: dynamoRecords({ client: dynamo, tableName: config.STATE_TABLE_NAME, clock }),
    tags: awsResourceTags(awsClient(ResourceGroupsTaggingAPIClient, {})),
    automations: ssmAutomations(ssm),
    automationDocuments: config.AUTOMATION_DOCUMENTS,
    home,
    stage: config.RIPOSTE_STAGE,
    pause,
    clock,
  };
}
