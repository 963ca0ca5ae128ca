import { at, escapeText, field, textOf } from '@riposte/findings';

/** What ties log lines to the event and the finding that they are about. */
export interface Correlation {
  /** Of the event, or of its finding where the event has none; empty where neither has one. */
  readonly correlationId: string;
  readonly findingId?: string;
  /** CloudTrail's id of the API call. */
  readonly apiCallId?: string;
}

const maxLength = 256;

/**
 * Reads the ids of an event that nobody has checked yet, for logs only: whatever is not there is left out, and text is escaped.
 *
 * @example
 * correlationOf(event); // { correlationId: '7bf73129-…', apiCallId: '2f1d…' }
 */
export function correlationOf(event: unknown): Correlation {
  const finding = at(event, 'detail', 'findings', 0);
  const findingId =
    idOf(field(finding, 'Id')) ??
    idOf(at(finding, 'finding_info', 'uid')) ??
    idOf(at(event, 'detail', 'id'));
  const apiCallId = idOf(at(event, 'detail', 'eventID'));
  return {
    correlationId: idOf(field(event, 'id')) ?? findingId ?? apiCallId ?? '',
    ...(findingId !== undefined && { findingId }),
    ...(apiCallId !== undefined && { apiCallId }),
  };
}

function idOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : escapeText(text, maxLength);
}
