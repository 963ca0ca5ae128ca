import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Time during which at least one HTTP request was under way. */
export interface WaitingTime {
  /** Milliseconds so far. */
  total(): number;
}

/** Watches every request of this process, from when it is sent until its answer has been read to the end. */
export function watchWaiting(clock: () => number = () => performance.now()): WaitingTime {
  let open = 0;
  let since = 0;
  let total = 0;
  const begin = () => {
    if (open++ === 0) since = clock();
  };
  const end = () => {
    if (--open === 0) total += clock() - since;
  };
  subscribe('http.client.request.start', (message) => {
    const request = requestOf(message);
    if (!request) return;
    begin();
    let isOpen = true;
    const once = () => {
      if (isOpen) end();
      isOpen = false;
    };
    request.once('response', (response) => response.once('end', once));
    request.once('close', once);
  });
  return { total: () => total };
}

function requestOf(message: unknown): ClientRequest | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined;
  const { request } = message;
  return isRequest(request) ? request : undefined;
}

function isRequest(value: unknown): value is ClientRequest {
  return typeof value === 'object' && value !== null && 'once' in value;
}
