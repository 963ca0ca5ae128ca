import { inOrder, loadConfig, queueHandler } from '@riposte/lambda';
import { tellEnvironment } from '../config.ts';
import { tellPorts } from '../groups/group-ports.ts';
import { eachWoken } from '../groups/read-group-messages.ts';
import { tellGroup } from '../groups/tell-group.ts';

const config = loadConfig(tellEnvironment, process.env);

/** Tells people of groups that were woken. */
export const handler = queueHandler(inOrder(eachWoken(tellGroup(tellPorts(config)))));
