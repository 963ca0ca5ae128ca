import { directHandler, loadConfig } from '@riposte/lambda';
import { answerFinding } from '../answer-finding.ts';
import { atHome } from '../at-home.ts';
import { guardEnvironment } from '../config.ts';
import { findingPorts } from '../finding-ports.ts';

const config = loadConfig(guardEnvironment, process.env);

/** Answers findings that a trail was stopped or deleted. */
export const handler = directHandler(atHome(config, answerFinding(findingPorts(config))));
