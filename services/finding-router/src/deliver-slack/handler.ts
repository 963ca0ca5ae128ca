import { loadConfig, queueHandler } from '@riposte/lambda';
import { createSlackSender } from '../chat/slack-sender.ts';
import { deliverEnvironment } from '../deliver/config.ts';
import { deliver } from '../deliver/deliver.ts';
import { deliverPorts } from '../deliver/deliver-ports.ts';
import { notifications } from '../deliver/delivery-kinds.ts';
import { secretsOnAws } from '../deliver/secrets-on-aws.ts';
import { whileTimeLasts } from '../deliver/while-time-lasts.ts';

const ports = deliverPorts(loadConfig(deliverEnvironment, process.env), 'slack', secretsOnAws());
const sender = createSlackSender();

/** Tells people on Slack. */
export const handler = queueHandler(
  whileTimeLasts(deliver({ kind: notifications, channelType: 'slack', sender, ports })),
);
