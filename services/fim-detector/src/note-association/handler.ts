import { loadConfig, queueHandler } from '@riposte/lambda';
import { associationPorts } from './association-ports.ts';
import { associationEnvironment } from './config.ts';
import { noteAssociations } from './note-associations.ts';

const portsWithin = associationPorts(loadConfig(associationEnvironment, process.env));

/** Tells at once of inventory associations that fail. */
export const handler = queueHandler((messages, context) =>
  noteAssociations(portsWithin(() => context.getRemainingTimeInMillis()))(messages),
);
