import { escapeText } from '@riposte/findings';

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
  const detail = member(event, 'detail');
  const [finding] = listOf(member(detail, 'findings'));
  const findingId =
    textOf(member(finding, 'Id')) ??
    textOf(member(member(finding, 'finding_info'), 'uid')) ??
    textOf(member(detail, 'id'));
  const apiCallId = textOf(member(detail, 'eventID'));
  return {
    correlationId: textOf(member(event, 'id')) ?? findingId ?? apiCallId ?? '',
    ...(findingId !== undefined && { findingId }),
    ...(apiCallId !== undefined && { apiCallId }),
  };
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? escapeText(value, maxLength) : undefined;
}
