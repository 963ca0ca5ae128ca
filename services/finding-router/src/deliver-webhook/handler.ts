import { loadConfig, queueHandler } from '@riposte/lambda';
import { createWebhookSender } from '../chat/webhook-sender.ts';
import { deliverEnvironment } from '../deliver/config.ts';
import { deliver } from '../deliver/deliver.ts';
import { deliverPorts } from '../deliver/deliver-ports.ts';
import { notifications } from '../deliver/delivery-kinds.ts';
import { secretsOnAws } from '../deliver/secrets-on-aws.ts';
import { whileTimeLasts } from '../deliver/while-time-lasts.ts';

const ports = deliverPorts(loadConfig(deliverEnvironment, process.env), 'webhook', secretsOnAws());
const sender = createWebhookSender();

/** Posts to signed webhooks. */
export const handler = queueHandler(
  whileTimeLasts(deliver({ kind: notifications, channelType: 'webhook', sender, ports })),
);
