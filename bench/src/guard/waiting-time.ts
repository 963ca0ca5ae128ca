import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { type BusyTime, createBusyTime } from './busy-time.ts';

/**
 * Watches every request of this process, from when it is handed to Node's HTTP client until its answer has been read to the end. What the
 * SDK does before and after that (serializing, signing, parsing) is not waiting.
 *
 * The clock is that of the day. Processor time of the thread would not count what other processes take, but Linux counts it in ticks of
 * milliseconds.
 */
export function watchWaiting(): Pick<BusyTime, 'total'> {
  const busy = createBusyTime();
  subscribe('http.client.request.created', (message) => {
    const request = requestOf(message);
    if (!request) return;
    const end = busy.begin();
    request.once('response', (response) => response.once('end', end));
    request.once('close', end);
  });
  return busy;
}

function requestOf(message: unknown): ClientRequest | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined;
  const { request } = message;
  return isRequest(request) ? request : undefined;
}

function isRequest(value: unknown): value is ClientRequest {
  return typeof value === 'object' && value !== null && 'once' in value;
}
