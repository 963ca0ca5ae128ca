import type { Context } from 'aws-lambda';

/** The context of an invocation, as Lambda gives it. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'riposte-test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:riposte-test',
  memoryLimitInMB: '256',
  awsRequestId: 'r-1',
  logGroupName: '/aws/lambda/riposte-test',
  logStreamName: 's-1',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
