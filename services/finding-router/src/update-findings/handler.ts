import { loadConfig, queueHandler } from '@riposte/lambda';
import { updateEnvironment } from '../config.ts';
import { updateFindings } from '../update-findings.ts';
import { updatePorts } from '../update-ports.ts';

const config = loadConfig(updateEnvironment, process.env);

/** Writes what rules change on findings. */
export const handler = queueHandler(updateFindings(updatePorts(config)));
