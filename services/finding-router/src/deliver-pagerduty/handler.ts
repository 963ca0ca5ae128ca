import { loadConfig, queueHandler } from '@riposte/lambda';
import { createPagerDutySender } from '../chat/pagerduty-sender.ts';
import { deliverEnvironment } from '../deliver/config.ts';
import { deliver } from '../deliver/deliver.ts';
import { deliverPorts } from '../deliver/deliver-ports.ts';
import { notifications } from '../deliver/delivery-kinds.ts';
import { secretsOnAws } from '../deliver/secrets-on-aws.ts';
import { whileTimeLasts } from '../deliver/while-time-lasts.ts';

const ports = deliverPorts(
  loadConfig(deliverEnvironment, process.env),
  'pagerduty',
  secretsOnAws(),
);
const sender = createPagerDutySender();

/** Triggers, acknowledges and resolves alerts in PagerDuty. */
export const handler = queueHandler(
  whileTimeLasts(deliver({ kind: notifications, channelType: 'pagerduty', sender, ports })),
);
