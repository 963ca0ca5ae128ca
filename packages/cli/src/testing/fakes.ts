import type { ResponseRecord } from '@riposte/findings';
import { fakeRecords as recordsInMemory, responseRecord } from '@riposte/testing';
import type { Terminal } from '../terminal.ts';

/** A terminal that remembers what it showed. */
export interface FakeTerminal extends Terminal {
  readonly printed: string[];
  readonly notes: string[];
  readonly questions: string[];
}

/** A terminal in memory; `answer` absent: nobody sits in front of it. */
export function fakeTerminal(answer?: boolean): FakeTerminal {
  const printed: string[] = [];
  const notes: string[] = [];
  const questions: string[] = [];
  return {
    printed,
    notes,
    questions,
    isInteractive: answer !== undefined,
    print: (text) => {
      printed.push(text);
    },
    note: (text) => {
      notes.push(text);
    },
    confirm: async (question) => {
      questions.push(question);
      return answer === true;
    },
  };
}

/** The moment at which fakes live. */
export const now = new Date('2026-11-24T14:00:00.000Z');

export const trailArn = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/main';

export const caller = 'arn:aws:sts::123456789012:assumed-role/Operator/ann';

/** A trail that was stopped and runs again. */
export function sampleRecord(changes: Partial<ResponseRecord> = {}): ResponseRecord {
  const message = { subject: 'before', body: 'before', attributes: {} };
  return responseRecord({ message, ...changes });
}

/** Records in memory, by id. */
export function fakeRecords(...records: readonly ResponseRecord[]) {
  return recordsInMemory(() => now, ...records);
}
