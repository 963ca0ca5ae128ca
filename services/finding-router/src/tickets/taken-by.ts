import { escapeText } from '@riposte/findings';
import type { TakenFindings } from '../groups/acknowledge-findings.ts';
import type { HeldTicket } from './held-ticket.ts';

/** What is noted where somebody has taken a ticket: names are whatever people have called themselves, made visible and short. */
export function takenBy(held: HeldTicket, channel: string, now: Date): TakenFindings {
  const by = escapeText(held.assignee ?? '', 80).trim() || 'somebody';
  const name = escapeText(held.name, 40);
  return {
    acknowledgement: { by, at: now.toISOString(), via: 'ticket' },
    note: `${by} has taken ${name} (${channel})`,
  };
}
