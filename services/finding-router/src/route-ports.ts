import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient, measure } from '@riposte/lambda';
import { compileRules } from '@riposte/rules';
import type { RouteConfig } from './config.ts';
import { dynamoStates } from './dynamo-states.ts';
import { routerEnrichment } from './enrichment.ts';
import type { RoutePorts } from './ports.ts';
import { textRenderer } from './render-text.ts';
import { ruleSet } from './rule-set.ts';
import { sqsOutlet } from './sqs-outlet.ts';

/** What routing needs, on AWS. The rules are compiled once. */
export function routePorts(config: RouteConfig): RoutePorts {
  const clock = () => new Date();
  return {
    rules: compileRules(ruleSet.packs),
    ruleSet,
    enrichment: routerEnrichment(config, ruleSet),
    states: dynamoStates({
      client: awsClient(DynamoDBClient, {}),
      tableName: config.ROUTER_TABLE_NAME,
      clock,
    }),
    outlet: sqsOutlet(awsClient(SQSClient, {}), {
      updates: config.UPDATES_QUEUE_URL,
      alerts: config.ALERTS_QUEUE_URL,
      actions: config.ACTIONS_QUEUE_URL,
      evidence: config.EVIDENCE_QUEUE_URL,
      jira: config.JIRA_QUEUE_URL,
      servicenow: config.SERVICENOW_QUEUE_URL,
    }),
    render: textRenderer(),
    clock,
    measure,
  };
}
