import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClient, logger, measure } from '@riposte/lambda';
import { type ChannelType, resolvePlaceholders } from '@riposte/rules';
import { ruleSet } from '../rule-set.ts';
import { DynamoTable } from '../table.ts';
import { channelHealthOnAws } from './channel-health-on-aws.ts';
import type { DeliverConfig } from './config.ts';
import { dynamoMemory } from './dynamo-memory.ts';
import type { DeliverPorts, Secrets } from './ports.ts';

/** What delivering needs, on AWS. */
export function deliverPorts(
  config: DeliverConfig,
  channelType: ChannelType,
  secrets: Secrets,
): DeliverPorts {
  const clock = () => new Date();
  const random = Math.random;
  const table = new DynamoTable(awsClient(DynamoDBClient, {}), config.ROUTER_TABLE_NAME);
  const { channels } = resolvePlaceholders(ruleSet, process.env).ruleSet;
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const longestPauseSeconds = config.DELIVERY_LONGEST_PAUSE_SECONDS;
  return {
    resolveChannel: (name) => byName.get(name),
    memory: dynamoMemory(table, clock),
    health: channelHealthOnAws(config, table, channelType),
    secrets,
    clock,
    random,
    measure,
    metricsByRule: config.METRICS_BY_RULE,
    log: (delivered) => logger.info('a message was delivered', { ...delivered }),
    settings: { giveUpHours: config.DELIVERY_GIVE_UP_HOURS, longestPauseSeconds },
  };
}
