import { describe, expect, it } from '@jest/globals';
import type { FindingUpdate } from '../model/action.ts';
import { applyUpdate } from './apply-update.ts';
import { suppression, updateOf } from './merged-update.ts';
import { asffOf, guardDutyOf, ocsfOf } from './testing/findings.ts';

const now = new Date('2026-11-25T09:00:00Z');

const everything: FindingUpdate = {
  severity: 'CRITICAL',
  workflow: 'NOTIFIED',
  note: 'seen',
  confidence: 90,
  criticality: 80,
  verificationState: 'TRUE_POSITIVE',
  types: ['Effects/Data Exposure'],
  userDefinedFields: { ticket: 'SEC-1' },
  relatedFindings: [{ ProductArn: 'p', Id: 'i' }],
};

describe('applyUpdate', () => {
  it('changes every field of ASFF that an update may name', () => {
    const finding = asffOf({
      Severity: { Label: 'LOW', Normalized: 1, Original: '3', Product: 3 },
    });
    const updated = applyUpdate(finding, everything, now);
    expect(updated.raw).toEqual({
      ...finding.raw,
      Severity: { Label: 'CRITICAL', Normalized: 90, Original: '3', Product: 3 },
      Workflow: { Status: 'NOTIFIED' },
      Note: { Text: 'seen', UpdatedBy: 'riposte', UpdatedAt: '2026-11-25T09:00:00.000Z' },
      Confidence: 90,
      Criticality: 80,
      VerificationState: 'TRUE_POSITIVE',
      Types: ['Effects/Data Exposure'],
      UserDefinedFields: { ticket: 'SEC-1' },
      RelatedFindings: [{ ProductArn: 'p', Id: 'i' }],
    });
    expect(updated).toMatchObject({
      severity: 'critical',
      workflowStatus: 'NOTIFIED',
      types: ['Effects/Data Exposure'],
      note: { text: 'seen', updatedBy: 'riposte', updatedAt: '2026-11-25T09:00:00.000Z' },
    });
  });

  it.each([
    ['NEW', 1, 'New'],
    ['NOTIFIED', 2, 'In Progress'],
    ['SUPPRESSED', 3, 'Suppressed'],
    ['RESOLVED', 4, 'Resolved'],
  ] as const)('sets status %s of OCSF by number and name', (workflow, id, name) => {
    const { raw, workflowStatus } = applyUpdate(ocsfOf(), { workflow }, now);
    expect([raw.status_id, raw.status, workflowStatus]).toEqual([id, name, name]);
  });

  it('changes severity and comment of OCSF, and nothing that its API does not take', () => {
    const finding = ocsfOf({ vendor_attributes: { severity: 'Medium', severity_id: 3 } });
    const { raw, severity, note } = applyUpdate(finding, everything, now);
    expect(raw).toEqual({
      ...finding.raw,
      severity: 'Critical',
      severity_id: 5,
      status: 'In Progress',
      status_id: 2,
      comment: 'seen',
    });
    expect([severity, note]).toEqual(['critical', { text: 'seen' }]);
  });

  it('leaves the document of GuardDuty’s own findings alone', () => {
    const finding = guardDutyOf({ Severity: 2 });
    const updated = applyUpdate(finding, everything, now);
    expect(updated.raw).toBe(finding.raw);
    expect(updated).toMatchObject({ severity: 'critical', workflowStatus: 'NOTIFIED' });
  });

  it('changes neither the finding that it is given nor its document', () => {
    const finding = asffOf();
    const before = structuredClone(finding);
    applyUpdate(finding, everything, now);
    expect(finding).toEqual(before);
  });

  it('keeps members of the document with names like those of every object', () => {
    const finding = { ...asffOf(), raw: JSON.parse('{"__proto__":{"a":1},"Title":"t"}') };
    const { raw } = applyUpdate(finding, { workflow: 'NEW' }, now);
    expect(JSON.stringify(raw)).toBe(
      '{"__proto__":{"a":1},"Title":"t","Workflow":{"Status":"NEW"}}',
    );
  });
});

describe('suppression', () => {
  it('names the control that compensates, however long the reason is', () => {
    const { workflow, note = '' } = suppression({ reason: 'x'.repeat(600), control: 'WAF-7' });
    expect(workflow).toBe('SUPPRESSED');
    expect(note).toHaveLength(512);
    expect(note).toMatch(/… \(compensating control: WAF-7\)$/);
  });

  it('is the reason alone without a control', () => {
    expect(suppression({ reason: 'accepted' }).note).toBe('accepted');
  });
});

describe('updateOf', () => {
  it('is nothing for actions that change nothing', () => {
    expect(updateOf([{ event: { bus: 'b' } }])).toBeUndefined();
  });

  it('takes updates and suppressions of a branch together, the last one first heard', () => {
    const update = updateOf([
      { update: { severity: 'LOW', workflow: 'NOTIFIED' } },
      { suppress: { reason: 'accepted' } },
    ]);
    expect(update).toEqual({ severity: 'LOW', workflow: 'SUPPRESSED', note: 'accepted' });
  });
});
