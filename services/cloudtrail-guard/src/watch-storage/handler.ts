import { parseArn } from '@riposte/findings';
import { directHandler, loadConfig } from '@riposte/lambda';
import { atHome } from '../at-home.ts';
import { guardEnvironment } from '../config.ts';
import { guardPorts } from '../guard-ports.ts';
import { watchTrailStorage } from '../watch-trail-storage.ts';

const config = loadConfig(guardEnvironment, process.env);
const ownAccount = parseArn(config.ALERTS_TOPIC_ARN).accountId;
const ports = { ...guardPorts(config), ownAccount, ownRegion: config.AWS_REGION };

/** Tells of changes to buckets and keys that trails depend on. */
export const handler = directHandler(atHome(config, watchTrailStorage(ports)));
