import { inOrder, loadConfig, queueHandler } from '@riposte/lambda';
import { act } from '../act.ts';
import { actPorts } from '../act-ports.ts';
import { actEnvironment } from '../config.ts';

const config = loadConfig(actEnvironment, process.env);

/** Carries out actions of rules on other systems. */
export const handler = queueHandler(inOrder(act(actPorts(config))));
