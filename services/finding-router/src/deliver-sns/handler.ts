import { loadConfig, queueHandler } from '@riposte/lambda';
import { createSnsSender } from '../chat/sns-sender.ts';
import { deliverEnvironment } from '../deliver/config.ts';
import { deliver } from '../deliver/deliver.ts';
import { deliverPorts } from '../deliver/deliver-ports.ts';
import { notifications } from '../deliver/delivery-kinds.ts';
import { noSecrets } from '../deliver/no-secrets.ts';
import { topicsOnAws } from '../deliver/topics-on-aws.ts';
import { whileTimeLasts } from '../deliver/while-time-lasts.ts';

const ports = deliverPorts(loadConfig(deliverEnvironment, process.env), 'sns', noSecrets);
const sender = createSnsSender(topicsOnAws());

/** Publishes to SNS topics. */
export const handler = queueHandler(
  whileTimeLasts(deliver({ kind: notifications, channelType: 'sns', sender, ports })),
);
