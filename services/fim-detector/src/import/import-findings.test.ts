import { describe, expect, it } from '@jest/globals';
import { importFindings } from './import-findings.ts';
import { awsError, fakeHub } from './testing/fake-hub.ts';
import { findingAbout, member, own } from './testing/sample-findings.ts';

const owner = { findingAccount: 'member', ownAccount: own } as const;

describe('importFindings', () => {
  it('hands a hundred findings in with one call (F9)', async () => {
    const world = fakeHub();
    const findings = Array.from({ length: 250 }, (_, index) => findingAbout(`/etc/${index}`));
    await importFindings({ ...world, owner })(findings);
    expect(world.calls.map(({ findings: some }) => some.length)).toEqual([100, 100, 50]);
    expect(world.taken).toEqual(findings);
  });

  it('hands findings into the account and Region that they speak of (F4)', async () => {
    const world = fakeHub();
    await importFindings({ ...world, owner })([
      findingAbout('/etc/a'),
      findingAbout('/etc/b', { accountId: member }),
      findingAbout('/etc/c', { region: 'us-east-1' }),
      findingAbout('/etc/d', { accountId: member }),
    ]);
    expect(world.calls.map(({ place, findings }) => [place, findings.length])).toEqual([
      [`${own} eu-west-1`, 1],
      [`${member} eu-west-1`, 2],
      [`${own} us-east-1`, 1],
    ]);
  });

  it('tries a refused finding alone, and loses none of the others (F2)', async () => {
    let asked = 0;
    const world = fakeHub(({ Title }) => {
      const isFirst = Title.startsWith('/etc/b') && asked++ === 0;
      return isFirst ? { code: 'InternalFailure', reason: 'for once' } : undefined;
    });
    const findings = ['/etc/a', '/etc/b', '/etc/c'].map((file) => findingAbout(file));
    await importFindings({ ...world, owner })(findings);
    expect(world.calls.map(({ findings: some }) => some.length)).toEqual([3, 1]);
    expect(world.taken.map(({ Title }) => Title[5]).sort()).toEqual(['a', 'b', 'c']);
    expect(world.aside).toEqual([]);
  });

  it('hands a finding in with less in it where the whole is refused', async () => {
    const world = fakeHub(({ SourceUrl }) =>
      SourceUrl === undefined ? undefined : { code: 'InvalidInput', reason: 'SourceUrl' },
    );
    await importFindings({ ...world, owner })([
      findingAbout('/etc/a', { sourceUrl: 'https://example.com/a' }),
    ]);
    expect(world.calls).toHaveLength(3);
    expect(world.taken[0]?.ProductFields).toMatchObject({
      'riposte/fim/name': '/etc/a',
      'riposte/fim/reduced': 'InvalidInput: SourceUrl',
    });
    expect(world.measures).toEqual([]);
  });

  it('puts a finding aside, whole, where nothing of it is taken, and counts it', async () => {
    const bad = findingAbout('/etc/b');
    const world = fakeHub(({ Id }) =>
      Id === bad.Id ? { code: 'InvalidInput', reason: 'never' } : undefined,
    );
    await importFindings({ ...world, owner })([findingAbout('/etc/a'), bad]);
    expect(world.aside).toEqual([{ findings: [bad], code: 'InvalidInput', reason: 'never' }]);
    expect(world.taken).toHaveLength(1);
    expect(world.measures).toEqual([{ name: 'FindingsNotImported', value: 1, unit: 'Count' }]);
  });

  it('puts aside all findings of an account where Security Hub is off, and hands the others in', async () => {
    const world = fakeHub(({ AwsAccountId }) =>
      AwsAccountId === member ? { code: 'InvalidAccess', reason: 'not subscribed' } : undefined,
    );
    const theirs = Array.from({ length: 120 }, (_, index) =>
      findingAbout(`/etc/${index}`, { accountId: member }),
    );
    await importFindings({ ...world, owner })([...theirs, findingAbout('/etc/a')]);
    expect(world.calls.filter(({ place }) => place.startsWith(member))).toHaveLength(1);
    expect(world.aside).toEqual([
      { findings: theirs, code: 'InvalidAccess', reason: 'not subscribed' },
    ]);
    expect(world.taken).toHaveLength(1);
    expect(world.measures).toContainEqual({
      name: 'AccountsWithoutSecurityHub',
      value: 1,
      unit: 'Count',
    });
  });

  it.each(['InvalidAccessException', 'AccessDenied', 'AccessDeniedException'])(
    'puts findings aside where the whole call ends in %s',
    async (name) => {
      const world = fakeHub();
      world.failures.push(awsError(name));
      const finding = findingAbout('/etc/a', { accountId: member });
      await importFindings({ ...world, owner })([finding]);
      expect(world.aside).toMatchObject([{ findings: [finding], code: name }]);
    },
  );

  it('tries each alone where a call is refused as a whole', async () => {
    const world = fakeHub();
    world.failures.push(awsError('InvalidInputException'));
    await importFindings({ ...world, owner })([findingAbout('/etc/a'), findingAbout('/etc/b')]);
    expect(world.calls.map(({ findings }) => findings.length)).toEqual([2, 1, 1]);
    expect(world.aside).toEqual([]);
  });

  it('throws what a retry can mend, after the other accounts have theirs', async () => {
    const world = fakeHub();
    world.failures.push(awsError('HubUnavailableError'));
    await expect(
      importFindings({ ...world, owner })([
        findingAbout('/etc/a'),
        findingAbout('/etc/b', { accountId: member }),
      ]),
    ).rejects.toMatchObject({ name: 'HubUnavailableError' });
    expect(world.taken.map(({ AwsAccountId }) => AwsAccountId)).toEqual([member]);
    expect(world.aside).toEqual([]);
  });

  it('puts nothing aside that is refused for now, and says so after the others', async () => {
    const world = fakeHub(({ Id }) =>
      Id.endsWith('/etc/a') ? { code: 'InternalFailure', reason: 'later' } : undefined,
    );
    await expect(
      importFindings({ ...world, owner })([findingAbout('/etc/a'), findingAbout('/etc/b')]),
    ).rejects.toMatchObject({ name: 'HubUnavailableError', retryable: true });
    expect(world.taken).toHaveLength(1);
    expect(world.aside).toEqual([]);
  });

  it('keeps aside a finding as it was before it became the security account’s own', async () => {
    const world = fakeHub(() => ({ code: 'InvalidInput', reason: 'never' }));
    const finding = findingAbout('/etc/a', { accountId: member });
    const security = { ...owner, findingAccount: 'security' as const };
    await importFindings({ ...world, owner: security })([finding]);
    expect(world.calls[0]?.place).toBe(`${own} eu-west-1`);
    expect(world.aside[0]?.findings).toEqual([finding]);
  });
});
