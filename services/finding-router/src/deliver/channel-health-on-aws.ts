import { logger, measure } from '@riposte/lambda';
import type { ChannelType } from '@riposte/rules';
import type { Table } from '../table.ts';
import { channelHealth } from './channel-health.ts';
import type { DeliverConfig } from './config.ts';
import { dynamoHealth } from './dynamo-health.ts';
import type { ChannelHealth } from './ports.ts';

/** As long as a function lives at most, whatever its time-out is set to. */
const probeSeconds = 60;

/** The health of channels of one type, which all functions share that ask them anything. */
export function channelHealthOnAws(
  config: DeliverConfig,
  table: Table,
  channelType: ChannelType,
): ChannelHealth {
  const clock = () => new Date();
  return channelHealth({
    store: dynamoHealth(table, clock),
    settings: {
      failures: config.DELIVERY_BREAKER_FAILURES,
      pauseSeconds: config.DELIVERY_PAUSE_SECONDS,
      longestPauseSeconds: config.DELIVERY_LONGEST_PAUSE_SECONDS,
      probeSeconds,
    },
    channelType,
    clock,
    random: Math.random,
    measure,
    warn(message, error) {
      logger.warn(message, { errorName: error instanceof Error ? error.name : 'unknown' });
    },
  });
}
