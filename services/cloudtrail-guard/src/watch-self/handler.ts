import { directHandler, loadConfig } from '@riposte/lambda';
import { atHome } from '../at-home.ts';
import { selfEnvironment } from '../config.ts';
import { selfPorts } from '../self-ports.ts';
import { watchOwnHouse } from '../watch-own-house.ts';

const config = loadConfig(selfEnvironment, process.env);

/** Tells of changes to Riposte and to its senses. */
export const handler = directHandler(atHome(config, watchOwnHouse(selfPorts(config))));
