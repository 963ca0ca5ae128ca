import { createRequire } from 'node:module';
import { watchWaiting } from './waiting-time.ts';

/**
 * The process in which a function's own bundle runs: it takes events from its parent, and says of each how long the handler took without
 * the time in which it waited for AWS, and how much of the processor it used.
 */
const [bundle = '', name = ''] = process.argv.slice(2);
const waiting = watchWaiting();
const handler: unknown = createRequire(import.meta.url)(bundle)[name];
if (typeof handler !== 'function') throw new TypeError(`${bundle} exports no function ${name}`);

const context = {
  awsRequestId: 'bench',
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '',
  getRemainingTimeInMillis: () => 60_000,
};

process.on('disconnect', () => process.exit(0));
process.on('message', async (event) => {
  const before = { waited: waiting.total(), cpu: process.cpuUsage(), at: performance.now() };
  try {
    const result: unknown = await handler(event, context);
    const took = performance.now() - before.at;
    const { user, system } = process.cpuUsage(before.cpu);
    const ownMs = took - (waiting.total() - before.waited);
    process.send?.({ ownMs, cpuMs: (user + system) / 1000, result });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.send?.('ready');
