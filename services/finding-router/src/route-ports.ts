import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { parseArn } from '@riposte/findings';
import { awsClient, logger, measure } from '@riposte/lambda';
import { textRenderer } from '@riposte/notifications/templates';
import { compileRules } from '@riposte/rules';
import type { RouteConfig } from './config.ts';
import { dynamoDocuments } from './documents/dynamo-documents.ts';
import { dynamoStates } from './dynamo-states.ts';
import { cachedUnits } from './enrich/cached-units.ts';
import { organizationsUnits } from './enrich/organizations-units.ts';
import type { OrganizationalUnits } from './enrich/ports.ts';
import { routerEnrichment } from './enrichment.ts';
import { ownRules } from './own-rules.ts';
import type { RoutePorts } from './ports.ts';
import { sqsOutlet } from './sqs-outlet.ts';
import { DynamoTable } from './table.ts';
import { taggingLiveTags } from './tagging-live-tags.ts';

/** What routing needs, on AWS. The rules are compiled once. */
export function routePorts(config: RouteConfig): RoutePorts {
  const ruleSet = ownRules(process.env);
  const clock = () => new Date();
  const table = new DynamoTable(awsClient(DynamoDBClient, {}), config.ROUTER_TABLE_NAME);
  const namesUnits = ruleSet.ownership.some(({ organizationalUnits }) => organizationalUnits);
  return {
    rules: compileRules(ruleSet.packs),
    ruleSet,
    enrichment: routerEnrichment({
      ruleSet,
      table,
      s3: awsClient(S3Client, {}),
      feedsBucketName: config.FEEDS_BUCKET_NAME,
      liveTags: taggingLiveTags(awsClient(ResourceGroupsTaggingAPIClient, {})),
      ownAccount: parseArn(config.ALERTS_TOPIC_ARN).accountId,
      ...(namesUnits && { organizationalUnits: cachedUnits(unitsOnDemand, Date.now) }),
      clock,
    }),
    states: dynamoStates(table, clock),
    documents: dynamoDocuments(table, clock),
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
    metricsByRule: config.METRICS_BY_RULE,
    log: (routed) => logger.info('a finding was routed', { ...routed }),
  };
}

/** The client of Organizations is loaded when an account's units are asked for: most ownership files name none. */
const unitsOnDemand: OrganizationalUnits = {
  async of(accountId) {
    const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
    return organizationsUnits(awsClient(OrganizationsClient, {})).of(accountId);
  },
};
