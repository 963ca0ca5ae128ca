import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { createBusyTime } from '../busy-time.ts';

const busy = createBusyTime();

/** Milliseconds that this bundle's clients have taken so far: the SDK's own work and AWS's answers. */
export const sdkTime = busy.total;

/** The class that all clients extend, and whose `send` they share. */
const base: unknown = Object.getPrototypeOf(CloudTrailClient.prototype);
if (typeof base !== 'object' || base === null) throw new TypeError('clients have no base class');
const send: unknown = Reflect.get(base, 'send');
if (typeof send !== 'function') throw new TypeError('the base class of clients has no send');

Reflect.set(base, 'send', function watched(this: unknown, ...call: readonly unknown[]) {
  const end = busy.begin();
  return Promise.resolve(Reflect.apply(send, this, call)).finally(end);
});
