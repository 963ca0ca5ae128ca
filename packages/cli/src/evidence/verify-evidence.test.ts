import { beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceDigest, manifestKey } from '@riposte/findings/evidence';
import { type FakeEvidence, fakeEvidence } from '../testing/fake-evidence.ts';
import { now } from '../testing/fakes.ts';
import type { ProblemKind } from './problem.ts';
import { verifyEvidence } from './verify-evidence.ts';
import { verificationText } from './verify-text.ts';

const since = '2026-11-20T00:00:00.000Z';
const yesterday = '2026-11-23T10:00:00.000Z';
const today = '2026-11-24T10:00:00.000Z';

let evidence: FakeEvidence;
let key: string;

beforeEach(() => {
  evidence = fakeEvidence(now);
  key = evidence.store(yesterday, 'one', 'two')[0]?.key ?? '';
  evidence.store(today, 'three');
});

const verify = () => verifyEvidence(since, evidence.ports);
const first = manifestKey(1);
const second = manifestKey(2);

describe('verifyEvidence', () => {
  it('finds nothing wrong with what was written and left alone', async () => {
    const report = await verify();
    expect(report).toMatchObject({ manifests: 2, objects: 3, retentionEnded: 0, problems: [] });
    expect(report.newest).toEqual({ sequence: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(verificationText(report)).toContain('Proven: 3 objects as it was written');
  });

  const spoilings: readonly (readonly [string, () => void, readonly ProblemKind[]])[] = [
    ['another text', () => evidence.replace(key, '{"title":"won"}'), ['changed']],
    [
      'another text that is no JSON',
      () => evidence.replace(key, '{'),
      ['changed', 'not-canonical'],
    ],
    ['a version more', () => evidence.write(key, '{}', today), ['versions']],
    ['a delete marker', () => evidence.hide(key, today), ['deleted']],
    ['no lock', () => evidence.unlock(key), ['unlocked']],
    ['no object', () => remove(key), ['missing']],
    [
      'an object that nothing lists',
      () => evidence.write('findings/2026/11/23/x.json', '{}', yesterday),
      ['unlisted'],
    ],
    ['a changed manifest', () => evidence.replace(first, changed(first)), ['chain']],
    [
      'a manifest with another number',
      () => evidence.replace(second, changed(second, 2, 7)),
      ['chain'],
    ],
    ['a manifest that is none', () => evidence.replace(second, '{}'), ['chain', 'unlisted']],
    ['a hidden manifest', () => evidence.hide(second, today), ['deleted']],
    ['a lost manifest', () => remove(first), ['missing', 'unlisted', 'unlisted']],
    [
      'a foreign object among manifests',
      () => evidence.write('manifests/x.json', '{}', today),
      ['chain'],
    ],
  ];

  it.each(spoilings)('finds %s', async (_, spoil, kinds) => {
    spoil();
    const report = await verify();
    expect(report.problems.map(({ kind }) => kind)).toEqual(kinds);
    expect(verificationText(report)).toMatch(/NOT PROVEN: \d+ problem/);
  });

  it('looks at the version that was listed, whatever came later', async () => {
    evidence.write(key, 'later', today);
    const kinds = (await verify()).problems.map(({ kind }) => kind);
    expect(kinds).not.toContain('changed');
  });

  it('gives an object time to be listed', async () => {
    evidence.write('findings/2026/11/24/new.json', '{}', '2026-11-24T13:50:00.000Z');
    expect((await verify()).problems).toEqual([]);
  });

  it('says that the time of retention is over, which is no fault', async () => {
    const later = { ...evidence.ports, clock: () => new Date('2028-01-01T00:00:00Z') };
    const report = await verifyEvidence(since, later);
    expect(report).toMatchObject({ retentionEnded: 3, problems: [] });
    expect(verificationText(report)).toContain('the time of retention is over');
  });

  it('looks no further back than it is told, and still holds the first against the one before', async () => {
    const report = await verifyEvidence('2026-11-24T00:00:00.000Z', evidence.ports);
    expect(report).toMatchObject({ manifests: 1, objects: 1, problems: [] });
    evidence.replace(first, changed(first));
    const spoiled = await verifyEvidence('2026-11-24T00:00:00.000Z', evidence.ports);
    expect(spoiled.problems).toMatchObject([{ kind: 'chain', key: second }]);
  });

  it('walks a long chain', async () => {
    for (let index = 0; index < 60; index += 1) evidence.store(today, `more ${index}`);
    expect(await verify()).toMatchObject({ manifests: 62, objects: 63, problems: [] });
  });

  it('has nothing to prove where there is nothing', async () => {
    const report = await verifyEvidence(since, fakeEvidence(now).ports);
    expect(report).toMatchObject({ manifests: 0, objects: 0, problems: [] });
    expect(verificationText(report)).toContain('Nothing to verify');
  });

  it('shows keys of others as they are, and not too many', async () => {
    for (let index = 0; index < 120; index += 1) {
      evidence.write(`findings/2026/11/23/\u001b[2J${index}`, '{}', yesterday);
    }
    const text = verificationText(await verify());
    expect(text).not.toContain('\u001b');
    expect(text).toContain('… and 20 more');
  });
});

function remove(lost: string): void {
  const at = evidence.held.findIndex((version) => version.key === lost);
  evidence.held.splice(at, 1);
}

/** The manifest with one number in it changed; as canonical as before. */
function changed(of: string, from = 1, to = 1): string {
  const text = evidence.held.find((version) => version.key === of)?.object.text ?? '';
  if (from !== to) return text.replace(`"sequence":${from}`, `"sequence":${to}`);
  const digest = evidenceDigest(text);
  return text.replace('"title":"one"', `"title":"${digest}"`);
}
