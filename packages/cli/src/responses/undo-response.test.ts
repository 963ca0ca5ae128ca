import { describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import type { TrailConfiguration, TrailId } from '@riposte/remediations/cloudtrail';
import { fakeTrails, sampleConfiguration } from '@riposte/remediations/cloudtrail/fakes';
import { fakeTags } from '@riposte/remediations/tagging/fakes';
import type { ServiceSettings } from '@riposte/responses';
import {
  caller,
  fakeRecords,
  fakeTerminal,
  now,
  sampleRecord,
  trailArn,
} from '../testing/fakes.ts';
import type { ResponsesPorts } from './ports.ts';
import { undoResponse } from './undo-response.ts';

const id: TrailId = {
  arn: trailArn,
  name: 'main',
  accountId: '123456789012',
  region: 'eu-west-1',
  partition: 'aws',
};

interface World {
  readonly record?: Partial<ResponseRecord>;
  readonly isLogging?: boolean;
  readonly configuration?: TrailConfiguration;
  readonly settings?: Partial<ServiceSettings>;
  readonly isGone?: boolean;
}

function world({ record, isLogging = true, configuration, settings, isGone }: World = {}) {
  const records = fakeRecords(sampleRecord(record));
  const trail = {
    id,
    status: { isLogging },
    configuration: configuration ?? sampleConfiguration(),
  };
  const trails = fakeTrails(() => now, ...(isGone ? [] : [trail]));
  const ports: ResponsesPorts = {
    records,
    trails: () => trails,
    tags: () => fakeTags(),
    pause: async () => undefined,
    evidenceBucket: async () => undefined,
    settings: () => ({
      read: async () => ({
        readable: true,
        settings: { modes: {}, exemptPrincipals: [], exemptResources: [], ...settings },
        switch: 'changes-allowed',
      }),
    }),
    caller,
    stage: 'prod',
    clock: () => now,
  };
  return { records, trails, ports };
}

const incident = sampleRecord().id;
const yes = { id: incident, yes: true };

describe('undoResponse of a restarted trail', () => {
  it('stops the trail again, reads it back, and records and tells who did it', async () => {
    const { ports, records, trails } = world();
    const undone = await undoResponse(yes, ports, fakeTerminal());
    expect(trails.calls).toEqual(['GetTrailStatus', 'StopLogging', 'GetTrailStatus']);
    expect(records.held.get(incident)).toEqual(undone);
    expect(undone).toMatchObject({
      status: 'undone',
      revision: 2,
      approver: caller,
      undo: { possible: false },
      verification: { verified: true },
      message: {
        subject: expect.stringMatching(/^\[Riposte\] UNDONE: trail main was stopped again/),
      },
    });
  });

  it('says loudly that nothing is recorded, and that Riposte answers again', async () => {
    const terminal = fakeTerminal();
    await undoResponse(yes, world().ports, terminal);
    expect(terminal.notes.join('\n')).toMatch(/WARNING: FROM THEN ON THIS TRAIL RECORDS NOTHING/);
    expect(terminal.notes.join('\n')).toMatch(/RIPOSTE WILL ANSWER AGAIN/);
  });

  it.each<Partial<ServiceSettings>>([
    { exemptResources: [trailArn] },
    { exemptPrincipals: ['arn:aws:iam::123456789012:role/Operator'] },
    { modes: { 'trail-stopped': 'notify' } },
  ])('does not threaten with an answer where there will be none: %j', async (settings) => {
    const terminal = fakeTerminal();
    await undoResponse(yes, world({ settings }).ports, terminal);
    expect(terminal.notes.join('\n')).not.toMatch(/ANSWER AGAIN/);
  });

  it('asks, and changes nothing unless the answer is yes', async () => {
    const { ports, trails } = world();
    const terminal = fakeTerminal(false);
    await expect(undoResponse({ id: incident, yes: false }, ports, terminal)).rejects.toMatchObject(
      {
        name: 'RefusedError',
        exitCode: 3,
      },
    );
    expect(terminal.questions).toEqual(['Undo it?']);
    expect(trails.calls).toEqual(['GetTrailStatus']);
  });

  it('goes on when the answer is yes', async () => {
    const undone = await undoResponse(
      { id: incident, yes: false },
      world().ports,
      fakeTerminal(true),
    );
    expect(undone.status).toBe('undone');
  });

  it('refuses where nobody can be asked', async () => {
    await expect(
      undoResponse({ id: incident, yes: false }, world().ports, fakeTerminal()),
    ).rejects.toMatchObject({ remedy: expect.stringContaining('--yes') });
  });

  it.each<[World, RegExp]>([
    [{ isLogging: false }, /nothing is left to undo/],
    [{ record: { status: 'undone', approver: 'ann' } }, /undone already, by ann/],
    [{ record: { status: 'undone' } }, /by somebody/],
    [{ record: { status: 'claimed' } }, /still being worked on/],
    [{ record: { undo: { possible: false, how: 'Nothing was changed.' } } }, /Nothing was changed/],
    [{ record: { kind: 'self-tamper' } }, /does not know how to undo self-tamper/],
    [{ record: { kind: 'constructor' } }, /does not know how to undo constructor/],
  ])('refuses what is impossible: %j', async (state, reason) => {
    const { ports, trails } = world(state);
    const error = await undoResponse(yes, ports, fakeTerminal()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'RefusedError', message: expect.stringMatching(reason) });
    expect(trails.calls).not.toContain('StopLogging');
  });

  it('says that there is no such response', async () => {
    await expect(
      undoResponse({ id: 'inc-x', yes: true }, world().ports, fakeTerminal()),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('fails, and says so in the record, when the state read back is another', async () => {
    const { ports, records, trails } = world();
    trails.stop = async () => undefined;
    await expect(undoResponse(yes, ports, fakeTerminal())).rejects.toMatchObject({
      name: 'NotVerifiedError',
    });
    expect(records.held.get(incident)).toMatchObject({
      status: 'verified',
      undo: { possible: true },
      message: { subject: expect.stringContaining('UNDO NOT PROVEN') },
    });
  });

  it('says that the change is not in the record when somebody else concluded it', async () => {
    const { ports, records } = world();
    const stale = {
      ...ports,
      records: { ...records, get: async () => sampleRecord({ revision: 0 }) },
    };
    await expect(undoResponse(yes, stale, fakeTerminal())).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringContaining('somebody else concluded'),
    });
  });

  it('passes on what the table answers otherwise', async () => {
    const { ports, records } = world();
    const broken = {
      ...ports,
      records: { ...records, conclude: () => Promise.reject(new TypeError('gone')) },
    };
    await expect(undoResponse(yes, broken, fakeTerminal())).rejects.toThrow('gone');
  });
});

describe('undoResponse of restored settings', () => {
  const plan = [
    {
      operation: 'cloudtrail:UpdateTrail',
      what: 'log file validation',
      before: false,
      after: true,
      reversible: true,
    },
  ];
  const weakened = {
    kind: 'trail-weakened',
    plan,
    before: sampleConfiguration({ logFileValidationEnabled: false, s3BucketName: 'elsewhere' }),
  };

  it('puts back what the response changed, and leaves what others changed', async () => {
    const { ports, trails } = world({ record: weakened });
    const undone = await undoResponse(yes, ports, fakeTerminal());
    expect(undone.verification?.evidence).toBe('GetTrail: as before the response');
    expect(trails.held.get(trailArn)?.configuration).toMatchObject({
      logFileValidationEnabled: false,
      s3BucketName: 'trail-logs',
    });
  });

  it('is a stop in the eyes of the settings when the change had blinded the trail', async () => {
    const terminal = fakeTerminal();
    const record = { ...weakened, kind: 'trail-blinded', mode: 'dry-run' as const };
    await undoResponse(
      yes,
      world({ record, settings: { modes: { 'trail-stopped': 'enforce' } } }).ports,
      terminal,
    );
    expect(terminal.notes.join('\n')).toMatch(/ANSWER AGAIN/);
  });

  it('fails when the settings do not stay put back', async () => {
    const { ports, trails } = world({ record: weakened });
    trails.update = async () => undefined;
    await expect(undoResponse(yes, ports, fakeTerminal())).rejects.toMatchObject({
      message: expect.stringContaining('log file validation'),
    });
  });

  it('does not write back a state that is none', async () => {
    const { ports } = world({ record: { ...weakened, before: { name: 'main' } } });
    await expect(undoResponse(yes, ports, fakeTerminal())).rejects.toMatchObject({
      name: 'UnreadableBaselineError',
    });
  });
});

describe('undoResponse of a recreated trail', () => {
  const record = { kind: 'trail-deleted' };

  it('deletes the trail again', async () => {
    const { ports, trails } = world({ record });
    const undone = await undoResponse(yes, ports, fakeTerminal());
    expect(undone.verification?.evidence).toBe('GetTrail: the trail does not exist');
    expect(trails.held.size).toBe(0);
  });

  it('has nothing to do where the trail is gone', async () => {
    await expect(
      undoResponse(yes, world({ record, isGone: true }).ports, fakeTerminal()),
    ).rejects.toMatchObject({
      message: expect.stringContaining('nothing is left'),
    });
  });

  it('fails when the trail stays', async () => {
    const { ports, trails } = world({ record });
    trails.remove = async () => undefined;
    await expect(undoResponse(yes, ports, fakeTerminal())).rejects.toMatchObject({
      message: expect.stringContaining('the trail exists'),
    });
  });
});
