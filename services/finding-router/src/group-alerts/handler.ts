import { inOrder, loadConfig, queueHandler } from '@riposte/lambda';
import { groupEnvironment } from '../config.ts';
import { takeInPorts } from '../groups/group-ports.ts';
import { eachAlert } from '../groups/read-group-messages.ts';
import { takeInAlert } from '../groups/take-in-alert.ts';

const config = loadConfig(groupEnvironment, process.env);

/** Puts alerts into the groups of their channels. */
export const handler = queueHandler(inOrder(eachAlert(takeInAlert(takeInPorts(config)))));
