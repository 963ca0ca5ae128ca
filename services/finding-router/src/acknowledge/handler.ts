import { directHandler, loadConfig } from '@riposte/lambda';
import { acknowledgePorts } from './acknowledge-ports.ts';
import { acknowledgeEnvironment } from './config.ts';
import { slackCallback } from './slack-callback.ts';

const config = loadConfig(acknowledgeEnvironment, process.env);

/** Takes acknowledgements from Slack. */
export const handler = directHandler(slackCallback(acknowledgePorts(config)));
