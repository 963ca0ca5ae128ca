import { directHandler, loadConfig } from '@riposte/lambda';
import { atHome } from '../at-home.ts';
import { guardEnvironment } from '../config.ts';
import { guardPorts } from '../guard-ports.ts';
import { restoreChangedTrail } from '../restore-changed-trail.ts';

const config = loadConfig(guardEnvironment, process.env);

/** Answers DeleteTrail, UpdateTrail, PutEventSelectors and PutInsightSelectors. */
export const handler = directHandler(atHome(config, restoreChangedTrail(guardPorts(config))));
