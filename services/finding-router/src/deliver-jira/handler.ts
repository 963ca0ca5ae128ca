import { loadConfig, queueHandler } from '@riposte/lambda';
import { deliverEnvironment } from '../deliver/config.ts';
import { deliver } from '../deliver/deliver.ts';
import { deliverPorts } from '../deliver/deliver-ports.ts';
import { tickets } from '../deliver/delivery-kinds.ts';
import { secretsOnAws } from '../deliver/secrets-on-aws.ts';
import { ticketWorld } from '../deliver/ticket-world.ts';
import { whileTimeLasts } from '../deliver/while-time-lasts.ts';
import { jiraSender } from '../tickets/jira-sender.ts';

const ports = deliverPorts(loadConfig(deliverEnvironment, process.env), 'jira', secretsOnAws());
const sender = jiraSender(ticketWorld);

/** Keeps tickets in Jira. */
export const handler = queueHandler(
  whileTimeLasts(deliver({ kind: tickets, channelType: 'jira', sender, ports })),
);
