import { setTimeout as wait } from 'node:timers/promises';
import type { TicketDeps } from '../tickets/ticket-deps.ts';

/** The world of ticket senders on Lambda: several requests a message have to fit the function's time. */
export const ticketWorld: TicketDeps = {
  now: () => new Date(),
  wait: (milliseconds) => wait(milliseconds),
  timeoutMs: 8_000,
  lookAgain: [1_000, 3_000],
};
