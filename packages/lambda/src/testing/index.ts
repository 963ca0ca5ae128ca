export { context } from './lambda-context.ts';
export { sqsRecord } from './sqs-record.ts';
