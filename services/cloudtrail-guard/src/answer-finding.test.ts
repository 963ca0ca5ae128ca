import { describe, expect, it } from '@jest/globals';
import type { Finding, ResponseRecord } from '@riposte/findings';
import { trailOf } from '@riposte/remediations/cloudtrail';
import { answerFinding } from './answer-finding.ts';
import { FindingNoteError } from './errors.ts';
import { restartStoppedTrail } from './restart-stopped-trail.ts';
import {
  type FakeGuard,
  fakeGuard,
  home,
  mainTrail,
  runningTrail,
  stoppedTrail,
} from './testing/fake-guard.ts';
import { apiCall, asffEvent, guardDutyEvent, ocsfEvent } from './testing/sample-events.ts';

function answering(guard: FakeGuard, meanwhile: () => Promise<unknown> = async () => undefined) {
  const noted: [Finding, ResponseRecord][] = [];
  const notes = {
    note: async (finding: Finding, record: ResponseRecord) => {
      noted.push([finding, record]);
    },
  };
  const wait = async () => void (await meanwhile());
  return { answer: answerFinding({ ...guard.ports, notes, wait }), noted };
}

describe('answerFinding', () => {
  it('starts the trail that a finding names, and notes the incident on it once', async () => {
    const guard = fakeGuard(stoppedTrail());
    const { answer, noted } = answering(guard);
    expect((await answer(asffEvent(['main'])))[0]?.result).toBe('verified');
    expect((await answer(asffEvent(['main'])))[0]?.result).toBe('duplicate');
    expect(noted).toHaveLength(1);
    expect(noted[0]?.[1].status).toBe('verified');
    expect(guard.records.messages).toHaveLength(1);
    expect(guard.records.messages[0]?.finding?.format).toBe('asff');
  });

  it('joins the incident that the API call has opened, whichever form the finding has', async () => {
    const guard = fakeGuard(stoppedTrail());
    const { answer, noted } = answering(guard);
    await restartStoppedTrail(guard.ports)(apiCall({ eventName: 'StopLogging' }));
    for (const event of [
      asffEvent([mainTrail.arn]),
      ocsfEvent(mainTrail.arn),
      guardDutyEvent('main'),
    ]) {
      expect((await answer(event))[0]?.result).toBe('duplicate');
    }
    expect(guard.records.messages).toHaveLength(1);
    expect(noted.map(([finding]) => finding.format)).toEqual(['asff', 'ocsf']);
  });

  it('learns who did it when the API call comes after the finding, and tells nobody again', async () => {
    const guard = fakeGuard(stoppedTrail());
    const { answer } = answering(guard);
    const [outcome] = await answer(guardDutyEvent('main'));
    const restart = restartStoppedTrail(guard.ports);
    await restart(apiCall({ eventName: 'StopLogging' }));
    await restart(apiCall({ eventName: 'StopLogging' }));
    const record = guard.records.held.get(outcome?.incident ?? '');
    expect(record).toMatchObject({
      revision: 2,
      status: 'verified',
      actor: { issuerArn: 'arn:aws:iam::123456789012:role/Admin' },
    });
    expect(guard.records.messages).toHaveLength(1);
  });

  it('writes no note for an event of GuardDuty itself', async () => {
    const guard = fakeGuard(stoppedTrail());
    const { answer, noted } = answering(guard);
    expect((await answer(guardDutyEvent('main')))[0]?.result).toBe('verified');
    expect(noted).toEqual([]);
    expect(guard.records.messages[0]?.actor).toEqual({
      type: 'IAMUser',
      sessionName: 'mallory',
      accessKeyId: 'AKIAEXAMPLE',
      sourceIp: '198.51.100.7',
    });
  });

  it('answers all trails of all findings, also when one of them cannot be answered', async () => {
    const other = trailOf('other', home);
    const guard = fakeGuard({ ...stoppedTrail(), refused: true }, stoppedTrail(other));
    const { answer } = answering(guard);
    await expect(answer(asffEvent(['main', 'other']))).rejects.toMatchObject({
      name: 'AccessRefusedError',
    });
    expect(guard.cloudTrail.held.get(other.arn)?.status.isLogging).toBe(true);
  });

  it('throws what a retry can mend before what it cannot', async () => {
    const guard = fakeGuard({ ...stoppedTrail(), refused: true });
    guard.cloudTrail.locate = async () => {
      throw new RangeError('throttled');
    };
    await expect(answering(guard).answer(asffEvent(['main', 'other']))).rejects.toThrow(
      'throttled',
    );
  });

  it('answers a finding about a deleted trail as its deletion', async () => {
    const guard = fakeGuard();
    guard.approve(runningTrail());
    guard.setModes({ 'trail-deleted': 'enforce' });
    const { answer } = answering(guard);
    expect((await answer(asffEvent(['main'])))[0]?.result).toBe('verified');
    expect(guard.records.messages[0]?.kind).toBe('trail-deleted');
  });

  it('waits for whoever still works on the incident, and notes what came of it', async () => {
    const guard = fakeGuard(stoppedTrail());
    guard.cloudTrail.before = (call) => {
      if (call === 'StartLogging') throw new RangeError('throttled');
    };
    const { answer, noted } = answering(guard);
    await expect(answer(asffEvent(['main']))).rejects.toThrow('throttled');
    await expect(answer(ocsfEvent(mainTrail.arn))).rejects.toMatchObject({
      name: 'TrailBusyError',
      retryable: true,
    });
    expect(noted).toEqual([]);
    guard.cloudTrail.before = () => undefined;
    const second = answering(guard, () => {
      guard.pass(60);
      return answer(asffEvent(['main']));
    });
    expect((await second.answer(ocsfEvent(mainTrail.arn)))[0]?.result).toBe('duplicate');
    expect([...noted, ...second.noted].map(([finding]) => finding.format)).toEqual([
      'asff',
      'ocsf',
    ]);
  });

  it('writes no note where nothing is broken', async () => {
    const { answer, noted } = answering(fakeGuard(runningTrail()));
    expect((await answer(asffEvent(['main'])))[0]?.result).toBe('nothing');
    expect(noted).toEqual([]);
  });

  it('sends an event whose note Security Hub does not take to the dead letters, with its reason', async () => {
    for (const failure of [new RangeError('down'), new FindingNoteError('f1', 'FindingNotFound')]) {
      const guard = fakeGuard(stoppedTrail());
      const notes = { note: () => Promise.reject(failure) };
      const answer = answerFinding({ ...guard.ports, notes, wait: async () => undefined });
      await expect(answer(asffEvent(['main']))).rejects.toMatchObject({
        name: 'FindingNoteError',
        retryable: false,
      });
      expect(guard.cloudTrail.held.get(mainTrail.arn)?.status.isLogging).toBe(true);
    }
  });

  it('writes a note that Security Hub refused when the event is sent again', async () => {
    const guard = fakeGuard(stoppedTrail());
    const refused = { note: () => Promise.reject(new FindingNoteError('f1', 'Throttled')) };
    const wait = async () => undefined;
    const event = asffEvent(['main']);
    await expect(
      answerFinding({ ...guard.ports, notes: refused, wait })(event),
    ).rejects.toBeInstanceOf(FindingNoteError);
    const { answer, noted } = answering(guard);
    await answer(event);
    await answer(event);
    expect(noted).toHaveLength(1);
  });

  it('writes the note of a function that died over it, once nobody is at it any more', async () => {
    const guard = fakeGuard(stoppedTrail());
    const never = new Promise<never>(() => undefined);
    const begun: Finding[] = [];
    const notes = {
      note: (finding: Finding) => {
        begun.push(finding);
        return never;
      },
    };
    const event = asffEvent(['main']);
    void answerFinding({ ...guard.ports, notes, wait: async () => undefined })(event);
    while (begun.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const { answer, noted } = answering(guard);
    await answer(event);
    expect(noted).toEqual([]);
    guard.pass(61);
    await answer(event);
    expect(noted).toHaveLength(1);
  });

  it('passes over other findings, and rejects what names no trail, saying where', async () => {
    const { answer } = answering(fakeGuard());
    expect(await answer(asffEvent(['main'], 'TTPs/Discovery/Recon:IAMUser'))).toEqual([]);
    await expect(answer(asffEvent([]))).rejects.toMatchObject({ path: 'affectedResources' });
    await expect(answer(asffEvent(['no name\n']))).rejects.toMatchObject({
      path: 'affectedResources',
    });
    await expect(answer(asffEvent(['arn:aws:s3:::bucket']))).rejects.toMatchObject({
      name: 'MalformedArnError',
    });
    await expect(answer(apiCall({ eventName: 'StopLogging' }))).rejects.toMatchObject({
      path: 'detail-type',
    });
  });
});
