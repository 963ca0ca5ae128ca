import { loadConfig, queueHandler } from '@riposte/lambda';
import { compareMessages } from '../compare-messages.ts';
import { comparePorts } from '../compare-ports.ts';
import { compareEnvironment } from '../config.ts';

const portsWithin = comparePorts(loadConfig(compareEnvironment, process.env));

/** Compares inventories that messages of the detector's queue name. */
export const handler = queueHandler((messages, context) =>
  compareMessages(portsWithin(() => context.getRemainingTimeInMillis()))(messages),
);
