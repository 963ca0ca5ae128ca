import { loadConfig, queueHandler } from '@riposte/lambda';
import { deliverEnvironment } from '../deliver/config.ts';
import { deliver } from '../deliver/deliver.ts';
import { deliverPorts } from '../deliver/deliver-ports.ts';
import { tickets } from '../deliver/delivery-kinds.ts';
import { secretsOnAws } from '../deliver/secrets-on-aws.ts';
import { ticketWorld } from '../deliver/ticket-world.ts';
import { whileTimeLasts } from '../deliver/while-time-lasts.ts';
import { serviceNowSender } from '../tickets/servicenow-sender.ts';

const ports = deliverPorts(
  loadConfig(deliverEnvironment, process.env),
  'servicenow',
  secretsOnAws(),
);
const sender = serviceNowSender(ticketWorld);

/** Keeps incidents in ServiceNow. */
export const handler = queueHandler(
  whileTimeLasts(deliver({ kind: tickets, channelType: 'servicenow', sender, ports })),
);
