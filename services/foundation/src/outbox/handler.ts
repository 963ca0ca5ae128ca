import { loadConfig, streamHandler } from '@riposte/lambda';
import { createOutbox } from '@riposte/responses';
import { outboxPorts } from '@riposte/responses/aws/outbox-ports';
import { outboxEnvironment } from '../config.ts';
import { outboxTargets } from '../outbox-targets.ts';
import { sendConcluded } from '../send-concluded.ts';

const config = loadConfig(outboxEnvironment, process.env);
const outbox = createOutbox(outboxPorts(outboxTargets(config)));

/** Lets concluded response records leave the state table. */
export const handler = streamHandler(sendConcluded(outbox));
