import { directHandler, loadConfig } from '@riposte/lambda';
import { atHome } from '../at-home.ts';
import { guardEnvironment } from '../config.ts';
import { guardPorts } from '../guard-ports.ts';
import { restartStoppedTrail } from '../restart-stopped-trail.ts';

const config = loadConfig(guardEnvironment, process.env);

/** Answers StopLogging. */
export const handler = directHandler(atHome(config, restartStoppedTrail(guardPorts(config))));
