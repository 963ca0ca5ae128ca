import type { ResponseRecord } from '@riposte/findings';
import { StaleRecordError } from '@riposte/responses';
import type { ResponsesPorts } from '../responses/ports.ts';
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
  return {
    schemaVersion: 1,
    id: 'inc-0a1b2c3d4e5f6a7b8c9d',
    service: 'cloudtrail-guard',
    kind: 'trail-stopped',
    status: 'verified',
    revision: 1,
    mode: 'enforce',
    trigger: {
      path: 'api-call',
      eventId: 'e-1',
      eventName: 'StopLogging',
      receivedAt: '2026-11-24T13:00:00.400Z',
    },
    actor: {
      type: 'AssumedRole',
      issuerArn: 'arn:aws:iam::123456789012:role/Attacker',
      sessionName: 'mallory',
      mfa: false,
      sourceIp: '203.0.113.7',
      userAgent: 'evil\nagent',
    },
    resource: {
      arn: trailArn,
      type: 'AWS::CloudTrail::Trail',
      accountId: '123456789012',
      region: 'eu-west-1',
      partition: 'aws',
    },
    plan: [
      {
        operation: 'cloudtrail:StartLogging',
        what: 'logging',
        before: false,
        after: true,
        reversible: true,
      },
    ],
    calls: [{ operation: 'cloudtrail:StartLogging', at: '2026-11-24T13:00:00.600Z' }],
    before: { isLogging: false },
    verification: {
      verified: true,
      at: '2026-11-24T13:00:00.800Z',
      evidence: 'GetTrailStatus: IsLogging true',
    },
    undo: { possible: true, how: 'stops the trail again' },
    times: {
      broken: '2026-11-24T13:00:00.000Z',
      claimed: '2026-11-24T13:00:00.500Z',
      applied: '2026-11-24T13:00:00.600Z',
      verified: '2026-11-24T13:00:00.800Z',
    },
    message: { subject: 'before', body: 'before', attributes: {} },
    ...changes,
  };
}

/** Records in memory, by id. */
export function fakeRecords(
  ...records: readonly ResponseRecord[]
): ResponsesPorts['records'] & { readonly held: Map<string, ResponseRecord> } {
  const held = new Map(records.map((record) => [record.id, record]));
  return {
    held,
    get: async (id) => held.get(id),
    list: async ({ limit, since = '', status }) =>
      [...held.values()]
        .filter(({ times }) => times.claimed >= since)
        .filter((record) => status === undefined || record.status === status)
        .slice(0, limit),
    async conclude(record) {
      if (held.get(record.id)?.revision !== record.revision - 1) {
        throw new StaleRecordError(record.id);
      }
      held.set(record.id, record);
    },
  };
}
