import { loadConfig, sqsBatchHandler } from '@riposte/lambda';
import { atHome } from '../at-home.ts';
import { checkDelivery } from '../check-delivery.ts';
import { guardEnvironment } from '../config.ts';
import { guardPorts } from '../guard-ports.ts';

const config = loadConfig(guardEnvironment, process.env);

/** Checks a quarter of an hour after a restart that log files arrive. */
export const handler = sqsBatchHandler(atHome(config, checkDelivery(guardPorts(config))));
