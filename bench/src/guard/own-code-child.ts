import { createRequire } from 'node:module';
import { watchWaiting } from './waiting-time.ts';

/**
 * The process in which a watched bundle runs: it takes events from its parent, and says of each how long the handler took without what it
 * waited for, and how much of the processor it used.
 */
const [bundle = ''] = process.argv.slice(2);
const waiting = watchWaiting();
const loaded: unknown = createRequire(import.meta.url)(bundle);
const handler = functionOf('handler');
const sdkTime = functionOf('sdkTime');

const context = {
  awsRequestId: 'bench',
  functionName: 'bench',
  getRemainingTimeInMillis: () => 60_000,
};

process.on('disconnect', () => process.exit(0));
process.on('message', async (event) => {
  const before = marks();
  const cpuBefore = process.cpuUsage();
  try {
    await handler(event, context);
    const after = marks();
    const { user, system } = process.cpuUsage(cpuBefore);
    const took = after.at - before.at;
    process.send?.({
      ownMs: took - (after.sdk - before.sdk),
      workMs: took - (after.waited - before.waited),
      cpuMs: (user + system) / 1000,
    });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.send?.('ready');

function marks() {
  return { at: performance.now(), sdk: Number(sdkTime()), waited: waiting.total() };
}

function functionOf(name: string): (...given: readonly unknown[]) => unknown {
  const found: unknown =
    typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, name) : undefined;
  if (typeof found !== 'function') throw new TypeError(`${bundle} exports no function ${name}`);
  return (...given) => Reflect.apply(found, undefined, given);
}
