import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient, logger, measure } from '@riposte/lambda';
import type { GroupConfig, RouterConfig, TellConfig } from '../config.ts';
import { ownRules } from '../own-rules.ts';
import { sqsOutlet } from '../sqs-outlet.ts';
import { DynamoTable } from '../table.ts';
import { dynamoGroups } from './dynamo-groups.ts';
import type { GroupStore } from './ports.ts';
import { sqsAlarm } from './sqs-alarm.ts';
import type { TakeInPorts } from './take-in-alert.ts';
import type { TellPorts } from './tell-group.ts';

const clock = () => new Date();

/** What taking in alerts needs, on AWS. */
export function takeInPorts(config: GroupConfig): TakeInPorts {
  const { channels, inhibitions } = ownRules(process.env);
  return {
    store: groupStore(config),
    alarm: sqsAlarm(awsClient(SQSClient, {}), config.WAKE_QUEUE_URL, clock),
    channels,
    inhibitions,
    clock,
  };
}

/** What telling of groups needs, on AWS. */
export function tellPorts(config: TellConfig): TellPorts {
  return {
    store: groupStore(config),
    outlet: sqsOutlet(awsClient(SQSClient, {}), {
      sns: config.SNS_QUEUE_URL,
      slack: config.SLACK_QUEUE_URL,
      teams: config.TEAMS_QUEUE_URL,
      pagerduty: config.PAGERDUTY_QUEUE_URL,
      webhook: config.WEBHOOK_QUEUE_URL,
    }),
    ruleSet: ownRules(process.env),
    clock,
    measure,
    warn: (problem) => logger.warn('a template failed', { problem }),
  };
}

function groupStore(config: RouterConfig): GroupStore {
  return dynamoGroups(new DynamoTable(awsClient(DynamoDBClient, {}), config.ROUTER_TABLE_NAME));
}
