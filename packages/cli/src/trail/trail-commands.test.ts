import { describe, expect, it } from '@jest/globals';
import { AccessRefusedError } from '@riposte/remediations';
import type { Baseline, TrailConfiguration, TrailId } from '@riposte/remediations/cloudtrail';
import { fakeTrails, sampleConfiguration } from '@riposte/remediations/cloudtrail/fakes';
import { RefusedError } from '../errors.ts';
import { caller, fakeTerminal, now, trailArn } from '../testing/fakes.ts';
import { approveTrail } from './approve-trail.ts';
import { diffTrails, driftText, isDrifted } from './diff-trails.ts';
import { locateTrail } from './locate-trail.ts';
import type { TrailCommandPorts } from './ports.ts';
import { historyText, trailHistory } from './trail-history.ts';

const trail: TrailId = {
  arn: trailArn,
  name: 'main',
  accountId: '123456789012',
  region: 'eu-west-1',
  partition: 'aws',
};

function baseline(changes: Partial<Baseline> = {}): Baseline {
  return {
    version: 1,
    trail,
    configuration: sampleConfiguration(),
    approvedBy: 'ann',
    approvedAt: '2026-01-01T00:00:00Z',
    reason: 'first',
    ...changes,
  };
}

function world(configuration: TrailConfiguration | undefined, ...approved: readonly Baseline[]) {
  const versions = [...approved];
  const held = configuration && { id: trail, status: { isLogging: true }, configuration };
  const trails = fakeTrails(() => now, ...(held ? [held] : []));
  const ports: TrailCommandPorts = {
    trails,
    accountId: '123456789012',
    region: 'eu-west-1',
    caller,
    clock: () => now,
    baselines: {
      of: async (arn) => versions.filter((one) => one.trail.arn === arn).at(-1),
      all: async () => versions.slice(-1),
      history: async (arn) => versions.filter((one) => one.trail.arn === arn),
      approve: async (next) => {
        if (next.version !== versions.length + 1) throw new RefusedError('raced', 'again');
        versions.push(next);
      },
    },
  };
  return { ports, versions, trails };
}

const approval = { trail: 'main', reason: 'change 4711', yes: true };

describe('approveTrail', () => {
  it('makes the present settings the first version, with who, when and why', async () => {
    const { ports, versions } = world(sampleConfiguration());
    await approveTrail(approval, ports, fakeTerminal());
    expect(versions).toEqual([
      {
        version: 1,
        trail,
        configuration: sampleConfiguration(),
        approvedBy: caller,
        approvedAt: now.toISOString(),
        reason: 'change 4711',
      },
    ]);
  });

  it('shows what the next version changes, and what is weak in it', async () => {
    const weak = sampleConfiguration({
      logFileValidationEnabled: false,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: false,
      eventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }],
    });
    const { ports, versions, trails } = world(weak, baseline());
    await trails.stop(trail);
    const terminal = fakeTerminal();
    await approveTrail(approval, ports, terminal);
    expect(versions).toHaveLength(2);
    const notes = terminal.notes.join('\n');
    expect(notes).toMatch(/WEAKER +log file validation: true -> false/);
    expect(notes).toMatch(/BLINDING +recording of all Regions/);
    for (const warning of [
      'does not log now',
      'one Region only',
      'global services',
      'validation is off',
      'write management',
    ]) {
      expect(notes).toMatch(new RegExp(`WARNING: .*${warning}`));
    }
  });

  it('writes nothing where nothing differs', async () => {
    const { ports } = world(sampleConfiguration(), baseline());
    await expect(approveTrail(approval, ports, fakeTerminal())).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringContaining('version 1 is approved already'),
    });
  });

  it('asks whoever sits in front', async () => {
    const asked = { ...approval, yes: false };
    const { ports, versions } = world(sampleConfiguration());
    await expect(approveTrail(asked, ports, fakeTerminal(false))).rejects.toThrow('not confirmed');
    expect(versions).toHaveLength(0);
    await approveTrail(asked, ports, fakeTerminal(true));
    expect(versions).toHaveLength(1);
  });

  it('does not ask a script', async () => {
    const { ports, versions } = world(sampleConfiguration());
    await approveTrail({ ...approval, yes: false }, ports, fakeTerminal());
    expect(versions).toHaveLength(1);
  });

  it('wants a reason', async () => {
    const { ports } = world(sampleConfiguration());
    await expect(
      approveTrail({ ...approval, reason: ' ' }, ports, fakeTerminal()),
    ).rejects.toMatchObject({
      name: 'InvalidOptionError',
      field: '--reason',
    });
  });

  it('lets the first of two approvals win', async () => {
    const { ports, versions } = world(sampleConfiguration());
    const racing = { ...ports, baselines: { ...ports.baselines, of: async () => undefined } };
    await approveTrail(approval, ports, fakeTerminal());
    await expect(approveTrail(approval, racing, fakeTerminal())).rejects.toThrow('raced');
    expect(versions).toHaveLength(1);
  });
});

describe('locateTrail', () => {
  it('says that there is no such trail', async () => {
    await expect(locateTrail('other', world(sampleConfiguration()).ports)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('names the argument when it is the ARN of something else', async () => {
    const { ports } = world(sampleConfiguration());
    await expect(locateTrail('arn:aws:s3:::bucket', ports)).rejects.toMatchObject({
      field: 'trail',
      exitCode: 2,
    });
  });
});

describe('diffTrails', () => {
  it('finds no drift in a trail that is as approved', async () => {
    const drifts = await diffTrails(undefined, world(sampleConfiguration(), baseline()).ports);
    expect(drifts.some(isDrifted)).toBe(false);
    expect(driftText(drifts)).toBe(`${trailArn}: as approved in version 1`);
  });

  it('shows drift, weaker or not', async () => {
    const changed = sampleConfiguration({ tags: { team: 'a\nb' }, kmsKeyId: 'key' });
    const drifts = await diffTrails('main', world(changed, baseline()).ports);
    expect(drifts.some(isDrifted)).toBe(true);
    expect(driftText(drifts)).toMatch(/WEAKER +key of the log files: not set -> "key"/);
    expect(driftText(drifts)).toMatch(/^ {11}tags:/m);
  });

  it('says that a trail is gone', async () => {
    const drifts = await diffTrails(trailArn, world(undefined, baseline()).ports);
    expect(driftText(drifts)).toBe(`${trailArn}: GONE version 1`);
  });

  it('passes on a refusal', async () => {
    const { ports, trails } = world(sampleConfiguration(), baseline());
    trails.read = () => Promise.reject(new AccessRefusedError(trailArn, 'AccessDenied'));
    await expect(diffTrails(undefined, ports)).rejects.toMatchObject({
      name: 'AccessRefusedError',
    });
  });

  it.each([['other'], [undefined]])('says that %s has no approved baseline', async (named) => {
    await expect(diffTrails(named, world(sampleConfiguration()).ports)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});

describe('trailHistory', () => {
  it('shows each version with what it changed', async () => {
    const second = baseline({
      version: 2,
      reason: 'better',
      configuration: sampleConfiguration({ kmsKeyId: 'key' }),
    });
    const versions = await trailHistory(
      'main',
      world(sampleConfiguration(), baseline(), second).ports,
    );
    expect(historyText(versions)).toMatch(
      /version 1 .*\n +reason: first\nversion 2 .*\n +reason: better\n.*key of the log files/,
    );
  });

  it('says that nothing was approved', async () => {
    await expect(trailHistory('main', world(undefined).ports)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});
