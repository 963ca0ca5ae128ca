import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient, logger, measure } from '@riposte/lambda';
import { resolvePlaceholders } from '@riposte/rules';
import { channelHealthOnAws } from '../deliver/channel-health-on-aws.ts';
import { secretsOnAws } from '../deliver/secrets-on-aws.ts';
import { dynamoStates } from '../dynamo-states.ts';
import { acknowledgeFindings } from '../groups/acknowledge-findings.ts';
import { dynamoGroups } from '../groups/dynamo-groups.ts';
import { sqsAlarm } from '../groups/sqs-alarm.ts';
import { ruleSet } from '../rule-set.ts';
import { sqsOutlet } from '../sqs-outlet.ts';
import { DynamoTable } from '../table.ts';
import { askWhoHas } from '../tickets/ask-who-has.ts';
import type { FollowPorts } from '../tickets/follow-tickets.ts';
import { jiraTaken } from '../tickets/jira-taken.ts';
import { serviceNowTaken } from '../tickets/servicenow-taken.ts';
import { watchedTickets } from '../tickets/watched-tickets.ts';
import type { FollowConfig } from './config.ts';

const timeoutMs = 8_000;

/** What following tickets needs, on AWS. */
export function followPorts(config: FollowConfig): FollowPorts {
  const clock = () => new Date();
  const table = new DynamoTable(awsClient(DynamoDBClient, {}), config.ROUTER_TABLE_NAME);
  const sqs = awsClient(SQSClient, {});
  const note = (message: string, facts: Readonly<Record<string, string>>) =>
    logger.info(message, { ...facts });
  const http = { now: clock, timeoutMs };
  return {
    channels: resolvePlaceholders(ruleSet, process.env).ruleSet.channels,
    tickets: watchedTickets(table),
    states: dynamoStates(table, clock),
    ask: askWhoHas({
      jira: jiraTaken(http),
      servicenow: serviceNowTaken(http),
      secrets: secretsOnAws(),
      health: {
        jira: channelHealthOnAws(config, table, 'jira'),
        servicenow: channelHealthOnAws(config, table, 'servicenow'),
      },
      measure,
      note,
    }),
    acknowledge: acknowledgeFindings({
      store: dynamoGroups(table),
      alarm: sqsAlarm(sqs, config.WAKE_QUEUE_URL, clock),
      outlet: sqsOutlet(sqs, { updates: config.UPDATES_QUEUE_URL }),
      clock,
    }),
    clock,
    measure,
    note,
  };
}
