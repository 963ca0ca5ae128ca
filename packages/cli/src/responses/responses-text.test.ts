import { describe, expect, it } from '@jest/globals';
import { sampleRecord } from '../testing/fakes.ts';
import { actorOfCaller } from './actor-of-caller.ts';
import { resourceName, responsesTable, tookInWords } from './list-responses.ts';
import { evidenceOf, responseText } from './show-response.ts';

describe('responsesTable', () => {
  it('shows one response a line', () => {
    const [headings, line] = responsesTable([sampleRecord()], 'yesterday').split('\n');
    expect(headings).toMatch(/^WHEN +STATUS +KIND +RESOURCE +ACCOUNT +REGION +TOOK +ID$/);
    expect(line).toMatch(/^2026-11-24 13:00:00 +verified +trail-stopped +main .* 800 ms +inc-/);
  });

  it('says that there is none', () => {
    expect(responsesTable([], 'yesterday')).toBe('No response since yesterday.');
  });

  it('names no time for what was not proven, and counts from the claim where nothing else is known', () => {
    const { broken: _broken, verified: _verified, ...times } = sampleRecord().times;
    expect(tookInWords(sampleRecord({ times }))).toBe('-');
    const proven = { ...times, verified: '2026-11-24T13:00:01.000Z' };
    expect(tookInWords(sampleRecord({ times: proven }))).toBe('500 ms');
  });

  it('calls a thing by the last part of its ARN', () => {
    expect(resourceName('arn:aws:sns:eu-west-1:123456789012:alerts')).toBe('alerts');
    expect(resourceName('odd/')).toBe('odd/');
  });
});

describe('responseText', () => {
  it("keeps a caller's own words on their line", () => {
    expect(responseText(sampleRecord())).toContain('User agent:  evil\\u{a}agent');
  });

  it('says everything about it', () => {
    const text = responseText(
      sampleRecord({
        reason: 'because',
        finding: { format: 'asff', id: 'f-1', accountId: '123456789012', region: 'eu-west-1' },
        approver: 'ann',
        calls: [{ operation: 'cloudtrail:StartLogging', at: 'then', error: 'Throttling' }],
        plan: [{ operation: 'o', what: 'w', before: undefined, after: 1, reversible: true }],
      }),
    );
    for (const part of [
      'because',
      'f-1 (asff)',
      'Approver:    ann',
      'failed: Throttling',
      'w: not set -> 1',
      'riposte responses undo',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says where the evidence lies, and what it must hash to', () => {
    const record = sampleRecord({ revision: 1 });
    const text = responseText(record, evidenceOf(record, 'evidence'));
    expect(text).toContain('Evidence:    s3://evidence/responses/cloudtrail-guard/');
    expect(text).toMatch(/sha256: {6}[0-9a-f]{64}/);
  });

  it('knows no evidence of what has not left, and none without a bucket', () => {
    expect(evidenceOf(sampleRecord({ revision: 0 }), 'evidence')).toBeUndefined();
    expect(evidenceOf(sampleRecord(), undefined)).toBeUndefined();
  });

  it('says what is not known, not proven and not possible', () => {
    const { actor: _actor, ...record } = sampleRecord({
      undo: { possible: false, how: 'gone' },
      verification: { verified: false, at: 'then', evidence: 'IsLogging false' },
      trigger: { path: 'sweep', receivedAt: 'then' },
      times: { claimed: 'then' },
    });
    const text = responseText(record);
    for (const part of [
      'Who:         not known',
      'NO: IsLogging false',
      'not possible: gone',
      'Heard by:    sweep',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says what of an actor is known', () => {
    expect(responseText(sampleRecord({ actor: { arn: 'arn:x', mfa: true } }))).toMatch(
      /Who: +arn:x\n +MFA: +yes/,
    );
    expect(responseText(sampleRecord({ actor: { type: 'Root' } }))).toMatch(/Who: +Root\n +Heard/);
  });
});

describe('actorOfCaller', () => {
  it('finds the role of a session, whatever the partition', () => {
    expect(actorOfCaller('arn:aws-cn:sts::123456789012:assumed-role/Admin/ann')).toMatchObject({
      type: 'AssumedRole',
      issuerArn: 'arn:aws-cn:iam::123456789012:role/Admin',
      sessionName: 'ann',
    });
  });

  it('knows users, root and what is no ARN', () => {
    expect(actorOfCaller('arn:aws:iam::123456789012:user/ann').type).toBe('IAMUser');
    expect(actorOfCaller('arn:aws:iam::123456789012:root').type).toBe('Root');
    expect(actorOfCaller('ann')).toEqual({ arn: 'ann' });
  });
});
