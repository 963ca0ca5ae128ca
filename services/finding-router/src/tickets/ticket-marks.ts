import { createHash } from 'node:crypto';

const digest = (text: string, length: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

/** What a ticket is found by: label in Jira, `correlation_id` in ServiceNow. Letters, digits and `-` only. */
export function ticketLabel(ticketKey: string): string {
  return `riposte-${digest(ticketKey, 32)}`;
}

/** The last line of what a command wrote; a comment with it is not written again. */
export function commandMark(commandId: string): string {
  return `riposte-command-${digest(commandId, 32)}`;
}

/** As `commandMark`, short enough for several of them to fit a field of 100 characters. */
export function shortCommandMark(commandId: string): string {
  return digest(commandId, 10);
}
