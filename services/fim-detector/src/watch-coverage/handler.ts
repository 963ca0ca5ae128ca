import { directHandler, loadConfig } from '@riposte/lambda';
import { watchEnvironment } from './config.ts';
import { watchCoverage } from './watch-coverage.ts';
import { watchSteps } from './watch-steps.ts';

const stepsWithin = watchSteps(loadConfig(watchEnvironment, process.env));

/** Looks, every few minutes, at what keeps nodes from being watched. */
export const handler = directHandler((_event, context) =>
  watchCoverage(stepsWithin(() => context.getRemainingTimeInMillis())),
);
