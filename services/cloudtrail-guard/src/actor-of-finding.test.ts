import { describe, expect, it } from '@jest/globals';
import { parseEvent } from '@riposte/findings';
import { actorOfFinding } from './actor-of-finding.ts';
import { asffEvent, guardDutyEvent, ocsfEvent } from './testing/sample-events.ts';

function findingIn(event: unknown, more: object = {}) {
  const parsed = parseEvent(event);
  const [finding] = 'findings' in parsed ? parsed.findings : [];
  if (!finding) throw new TypeError('the sample has no finding');
  return { ...finding, raw: { ...finding.raw, ...more } };
}

describe('actorOfFinding', () => {
  it('reads name, kind and key from ASFF', () => {
    expect(actorOfFinding(findingIn(asffEvent(['main'])))).toMatchObject({
      type: 'IAMUser',
      sessionName: 'mallory',
      accessKeyId: 'AKIAEXAMPLE',
    });
  });

  it('reads them from the evidence of OCSF, with the address', () => {
    const evidences = [
      {
        actor: { user: { type: 'User', name: 'mallory', credential_uid: 'AKIAEXAMPLE' } },
        src_endpoint: { ip: '198.51.100.7' },
      },
    ];
    expect(actorOfFinding(findingIn(ocsfEvent('main'), { evidences }))).toEqual({
      type: 'User',
      sessionName: 'mallory',
      accessKeyId: 'AKIAEXAMPLE',
      sourceIp: '198.51.100.7',
    });
  });

  it('passes over evidence that is none', () => {
    for (const evidences of ['', [], [7], [{ actor: 7, src_endpoint: { ip: {} } }]]) {
      expect(actorOfFinding(findingIn(ocsfEvent('main'), { evidences }))).toEqual({});
    }
  });

  it('reads no ARN from any, so that no exemption matches', () => {
    for (const event of [asffEvent(['main']), ocsfEvent('main'), guardDutyEvent('main')]) {
      const { arn, issuerArn } = actorOfFinding(findingIn(event));
      expect([arn, issuerArn]).toEqual([undefined, undefined]);
    }
  });
});
