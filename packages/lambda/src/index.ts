export { awsClient } from './aws-client.ts';
export { type Correlation, correlationOf } from './correlation.ts';
export { type DeadLetter, deadLetterText, type SendDeadLetter } from './dead-letters.ts';
export {
  type ErrorFacts,
  errorFacts,
  isPermanent,
  LambdaError,
  MisconfiguredError,
  retryAfter,
  UnreadableBodyError,
} from './errors.ts';
export { directHandler, type HandlerOptions, streamHandler } from './handlers.ts';
export { inLanes } from './in-lanes.ts';
export { inOrder } from './in-order.ts';
export { loadConfig } from './load-config.ts';
export {
  type Failures,
  type QueueMessage,
  queueHandler,
  sqsBatchHandler,
} from './queue-handler.ts';
export { logger, type Measure, measure, metrics } from './telemetry.ts';
