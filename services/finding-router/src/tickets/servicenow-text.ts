import type { NotifiedFinding, TicketCommand } from '../delivery.ts';
import { noteOf } from './run-command.ts';
import { blockText, lineText } from './ticket-text.ts';

/** Most characters of `short_description`, and of texts of several lines, as ServiceNow ships. */
const longestTitle = 160;
const longestText = 4_000;

/** Journal fields render what is between these as HTML. */
const codeTag = /\[\s*(\/?)\s*code\s*\]/gi;

/** Last, so that nothing that is removed can have hidden such a tag. No text becomes longer. */
const literal = (text: string) => text.replace(codeTag, '($1code)');

/** `short_description`. */
export function titleText(title: string): string {
  return literal(lineText(title, longestTitle));
}

/** `description`, `work_notes`, `close_notes`. */
export function fieldText(text: string): string {
  return literal(blockText(text, longestText));
}

/** `description` of a new incident. */
export function descriptionOf(command: TicketCommand, follows: string | undefined): string {
  const { body, comment, finding } = command;
  const paragraphs = [
    ...(follows === undefined ? [] : [`Follows ${follows}, which takes no more.`]),
    ...(finding.url === undefined ? [] : [finding.url]),
    ...(comment === undefined ? [] : [comment]),
    body,
  ];
  return fieldText(paragraphs.join('\n\n'));
}

/** `work_notes` of an incident that exists. */
export function workNotesOf(command: TicketCommand): string {
  return fieldText(noteOf(command));
}

/**
 * Impact and urgency, from which ServiceNow computes the priority: CRITICAL becomes priority 1, INFORMATIONAL 5. Fields `impact` and
 * `urgency` of channel or command win.
 */
export const urgencyBySeverity: Readonly<
  Record<NotifiedFinding['severity'], { readonly impact: string; readonly urgency: string }>
> = {
  CRITICAL: { impact: '1', urgency: '1' },
  HIGH: { impact: '2', urgency: '1' },
  MEDIUM: { impact: '2', urgency: '2' },
  LOW: { impact: '3', urgency: '2' },
  INFORMATIONAL: { impact: '3', urgency: '3' },
};
