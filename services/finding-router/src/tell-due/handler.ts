import { directHandler, loadConfig } from '@riposte/lambda';
import { tellEnvironment } from '../config.ts';
import { tellPorts } from '../groups/group-ports.ts';
import { tellDue } from '../groups/tell-group.ts';

const config = loadConfig(tellEnvironment, process.env);

/** Tells people of everything whose time has come: each minute. */
export const handler = directHandler(tellDue(tellPorts(config)));
