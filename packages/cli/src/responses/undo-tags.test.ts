import { describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import { fakeTrails } from '@riposte/remediations/cloudtrail/fakes';
import { setTags, type Tags } from '@riposte/remediations/tagging';
import { fakeTags } from '@riposte/remediations/tagging/fakes';
import { caller, fakeRecords, fakeTerminal, now, sampleRecord } from '../testing/fakes.ts';
import type { ResponsesPorts } from './ports.ts';
import { undoResponse } from './undo-response.ts';

const arn = 'arn:aws:s3:::reports';
const before = { owner: 'red', team: 'blue' };
const wanted = { reviewed: 'no', owner: 'payments' };

/** A resource that a rule has tagged; `present`: its tags now. */
function world({ present, record }: { present?: Tags; record?: Partial<ResponseRecord> } = {}) {
  const tagged = sampleRecord({
    service: 'finding-router',
    kind: 'resource-tagged',
    trigger: { path: 'rule', eventName: 'pack/owned', receivedAt: now.toISOString() },
    resource: {
      arn,
      type: 'AwsS3Bucket',
      accountId: '123456789012',
      region: 'eu-west-1',
      partition: 'aws',
    },
    plan: setTags.plan({ arn, tags: wanted }, before),
    before,
    undo: { possible: true, how: 'sets back tag reviewed, tag owner' },
    ...record,
  });
  const records = fakeRecords(tagged);
  const tags = fakeTags({ [arn]: present ?? { ...before, ...wanted } });
  const pauses: number[] = [];
  const ports: ResponsesPorts = {
    records,
    trails: () => fakeTrails(() => now),
    tags: () => tags,
    pause: async (ms) => void pauses.push(ms),
    evidenceBucket: async () => undefined,
    settings: () => ({ read: async () => ({ readable: false, reason: 'not asked' }) }),
    caller,
    stage: 'prod',
    clock: () => now,
  };
  return { ports, tags, pauses, request: { id: tagged.id, yes: true } };
}

describe('undoResponse of tags that a rule has set', () => {
  it('sets them back, takes those away that were not there, and records who did it', async () => {
    const { ports, tags, request } = world();
    const terminal = fakeTerminal();
    const undone = await undoResponse(request, ports, terminal);
    expect(tags.held.get(arn)).toEqual(before);
    expect(undone).toMatchObject({
      status: 'undone',
      approver: caller,
      verification: { verified: true, evidence: 'GetResources: as before the response' },
      message: {
        subject: expect.stringContaining('UNDONE: tags of reports were set back by a person'),
        attributes: { resource: 'reports' },
      },
    });
    expect(terminal.notes.join('\n')).toMatch(
      /tag:TagResources on arn:aws:s3:::reports: owner=red\n.*tag:UntagResources on .*: reviewed/,
    );
  });

  it('says that the rule sets them again, and does not speak of trails', async () => {
    const { ports, request } = world();
    const terminal = fakeTerminal();
    await undoResponse(request, ports, terminal);
    expect(terminal.notes.join('\n')).toMatch(/WARNING: Rule pack\/owned sets them again/);
    expect(terminal.notes.join('\n')).not.toMatch(/ANSWER AGAIN/);
  });

  it('leaves what somebody has changed since', async () => {
    const { ports, tags, request } = world({ present: { ...before, ...wanted, owner: 'ann' } });
    await undoResponse(request, ports, fakeTerminal());
    expect(tags.held.get(arn)).toEqual({ owner: 'ann', team: 'blue' });
  });

  it('has nothing to do where they are gone', async () => {
    const { ports, request } = world({ present: before });
    await expect(undoResponse(request, ports, fakeTerminal())).rejects.toThrow('nothing is left');
  });

  it('waits while the index behind the API is behind, and no longer than a few seconds', async () => {
    const patient = world();
    patient.tags.before = () => {
      patient.tags.staleReads = 3;
    };
    await undoResponse(patient.request, patient.ports, fakeTerminal());
    expect(patient.pauses).toHaveLength(3);
    const { ports, tags, request, pauses } = world();
    tags.change = async () => undefined;
    await expect(undoResponse(request, ports, fakeTerminal())).rejects.toThrow('still to do');
    expect(pauses).toHaveLength(5);
  });

  it('does not write back a state that is none', async () => {
    const { ports, request } = world({ record: { before: ['owner'] } });
    await expect(undoResponse(request, ports, fakeTerminal())).rejects.toMatchObject({
      name: 'UnreadableRecordError',
      path: 'before',
    });
  });

  it('is refused for a document, with what to look at', async () => {
    const undo = { possible: false, how: 'look at execution exec-1' };
    const { ports, request } = world({ record: { kind: 'automation-started', undo } });
    await expect(undoResponse(request, ports, fakeTerminal())).rejects.toThrow('exec-1');
  });
});
