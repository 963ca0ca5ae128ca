import { escapeText, type ResponseRecord } from '@riposte/findings';

/** Security Hub takes at most so many characters in a note and in a comment. */
const maxNote = 512;
const separator = '\n--- Riposte: ';

const words: Readonly<Record<string, string>> = {
  verified: 'answered, and the state read back proves it',
  told: 'told, nothing changed',
  planned: 'planned, nothing changed yet',
  failed: 'FAILED, a person is needed',
  undone: 'answered, and taken back by a person',
};

/**
 * The note of a finding with what Riposte has to say: an analyst's own text stays in front of it, and an earlier word of Riposte is replaced. What is too
 * long is cut from the analyst's text only where it must be.
 */
export function noteText(record: ResponseRecord, analyst = ''): string {
  const own = ownWords(record);
  const [kept = ''] = analyst.split(separator);
  if (kept.trim() === '' || kept.startsWith('Riposte: '))
    return `Riposte: ${own}`.slice(0, maxNote);
  const room = maxNote - separator.length - own.length;
  return `${kept.length <= room ? kept : `${kept.slice(0, room - 1)}…`}${separator}${own}`;
}

function ownWords({ id, status, kind, verification, reason }: ResponseRecord): string {
  const proof = status === 'verified' ? verification?.evidence : reason;
  const more = proof ? ` (${escapeText(proof, 160)})` : '';
  return `${kind} ${words[status] ?? status}${more}. Incident ${id}`;
}

/** Answered and proven: nobody has to do anything; else somebody was told. */
export function workflowOf({ status }: ResponseRecord): 'RESOLVED' | 'NOTIFIED' {
  return status === 'verified' ? 'RESOLVED' : 'NOTIFIED';
}
