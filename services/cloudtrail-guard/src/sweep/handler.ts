import { directHandler, loadConfig } from '@riposte/lambda';
import { atHome } from '../at-home.ts';
import { sweepEnvironment } from '../config.ts';
import { sweepPorts } from '../sweep-ports.ts';
import { sweepTrails } from '../sweep-trails.ts';

const config = loadConfig(sweepEnvironment, process.env);

/** Looks at every trail, every few minutes. */
export const handler = directHandler(atHome(config, sweepTrails(sweepPorts(config))));
