import { appendNote, escapeText, type ResponseRecord } from '@riposte/findings';

const words: Readonly<Record<string, string>> = {
  verified: 'answered, and the state read back proves it',
  told: 'told, nothing changed',
  planned: 'planned, nothing changed yet',
  failed: 'FAILED, a person is needed',
  undone: 'answered, and taken back by a person',
};

/** The note of a finding with what Riposte has to say behind an analyst's own text. */
export function noteText(record: ResponseRecord, analyst?: string): string {
  return appendNote({ text: analyst }, ownWords(record));
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
