import { describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import { claimOf, nothingToUndo, trailResource } from './incident.ts';
import { noteText } from './note-text.ts';
import { mainTrail } from './testing/fake-guard.ts';
import { triggerOfSweep } from './trigger.ts';

const now = new Date('2026-11-24T03:00:00Z');
const record: ResponseRecord = {
  ...claimOf(
    {
      kind: 'trail-stopped',
      discriminator: 'x',
      resource: trailResource(mainTrail),
      trigger: triggerOfSweep(now),
      mode: 'enforce',
      plan: [],
      before: {},
      undo: nothingToUndo,
    },
    now,
  ),
  status: 'failed',
  reason: 'AccessDenied',
};

describe('noteText', () => {
  it('replaces an earlier word of Riposte and keeps what stands before it', () => {
    const first = noteText({ ...record, status: 'verified' }, 'mine');
    expect(noteText(record, first)).toBe(
      `mine\n--- Riposte: trail-stopped FAILED, a person is needed (AccessDenied). Incident ${record.id}`,
    );
    expect(noteText(record, noteText(record))).toBe(noteText(record));
  });

  it('never is longer than Security Hub takes, and never cuts the incident', () => {
    const text = noteText({ ...record, reason: 'r'.repeat(900) }, 'a'.repeat(600));
    expect(text).toHaveLength(512);
    expect(text.endsWith(record.id)).toBe(true);
  });
});
