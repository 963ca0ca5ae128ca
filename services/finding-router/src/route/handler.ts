import { loadConfig, queueHandler } from '@riposte/lambda';
import { atHome } from '../at-home.ts';
import { routeEnvironment } from '../config.ts';
import { routeFindings } from '../route-findings.ts';
import { routePorts } from '../route-ports.ts';

const config = loadConfig(routeEnvironment, process.env);

/** Routes findings of Security Hub. */
export const handler = queueHandler(atHome(config, routeFindings(routePorts(config))));
