import { directHandler, loadConfig } from '@riposte/lambda';
import { followTickets } from '../tickets/follow-tickets.ts';
import { followEnvironment } from './config.ts';
import { followPorts } from './follow-ports.ts';

const config = loadConfig(followEnvironment, process.env);

/** Looks whether people have taken tickets: each minute. */
export const handler = directHandler(followTickets(followPorts(config)));
