import { loadConfig, queueHandler } from '@riposte/lambda';
import { evidenceEnvironment } from '../config.ts';
import { evidencePorts } from '../evidence-ports.ts';
import { keepEvidence } from '../keep-evidence.ts';

const config = loadConfig(evidenceEnvironment, process.env);

/** Keeps findings as evidence. */
export const handler = queueHandler(keepEvidence(evidencePorts(config)));
