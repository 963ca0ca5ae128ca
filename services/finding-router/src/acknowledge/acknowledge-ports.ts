import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient, logger, measure } from '@riposte/lambda';
import { resolvePlaceholders } from '@riposte/rules';
import { secretsOnAws } from '../deliver/secrets-on-aws.ts';
import { acknowledgeGroups } from '../groups/acknowledge-groups.ts';
import { dynamoGroups } from '../groups/dynamo-groups.ts';
import { sqsAlarm } from '../groups/sqs-alarm.ts';
import { ruleSet } from '../rule-set.ts';
import { sqsOutlet } from '../sqs-outlet.ts';
import { DynamoTable } from '../table.ts';
import type { AcknowledgeConfig } from './config.ts';
import { slackAnswer } from './slack-answer.ts';
import { slackApps } from './slack-apps.ts';
import type { CallbackPorts } from './slack-callback.ts';

/** Slack waits three seconds for all of it. */
const answerTimeoutMs = 1_000;

/** What answering Slack's callback needs, on AWS. */
export function acknowledgePorts(config: AcknowledgeConfig): CallbackPorts {
  const clock = () => new Date();
  const { channels } = resolvePlaceholders(ruleSet, process.env).ruleSet;
  const secrets = secretsOnAws();
  const sqs = awsClient(SQSClient, {});
  const groups = {
    store: dynamoGroups(new DynamoTable(awsClient(DynamoDBClient, {}), config.ROUTER_TABLE_NAME)),
    alarm: sqsAlarm(sqs, config.WAKE_QUEUE_URL, clock),
    outlet: sqsOutlet(sqs, { updates: config.UPDATES_QUEUE_URL }),
    clock,
  };
  return {
    apps: () => slackApps(channels, secrets),
    groupsOf: (names) => acknowledgeGroups(groups, names),
    answer: slackAnswer('slack', { timeoutMs: answerTimeoutMs }),
    clock,
    measure,
    note: (message, facts) => logger.info(message, { ...facts }),
  };
}
