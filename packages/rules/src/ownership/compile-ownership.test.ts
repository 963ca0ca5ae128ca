import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@riposte/findings';
import { asffOf } from '../evaluate/testing/findings.ts';
import type { OwnershipEntry } from '../model/channel.ts';
import { compileOwnership } from './compile-ownership.ts';

const bucket = 'arn:aws:s3:::payments-prod';

function finding(...tags: readonly Readonly<Record<string, string>>[]): Finding {
  const Resources = tags.map((Tags, index) => ({
    Id: index === 0 ? bucket : `${bucket}-${index}`,
    Tags,
  }));
  return asffOf({ Resources });
}

/** What is known without asking anybody. */
const contextBy = (...ownership: readonly OwnershipEntry[]) => {
  const ownersOf = compileOwnership({ ownership });
  return (...tags: readonly Readonly<Record<string, string>>[]) =>
    ownersOf(finding(...tags)).context;
};

describe('compileOwnership', () => {
  it('takes tags before the ownership file, field by field', () => {
    const contextOf = contextBy({ owner: 'ann', team: 'blue', environment: 'test' });
    expect(contextOf({}, { 'owner-team': 'red', env: ' prod ' })).toEqual({
      owner: 'ann',
      team: 'red',
      environment: 'prod',
    });
  });

  it('prefers the spelling that is asked for', () => {
    expect(contextBy()({ OWNER: 'b', Owner: 'a' }).owner).toBe('a');
  });

  it('takes a field from the first resource that has it', () => {
    expect(contextBy()({}, { Owner: 'bob' }, { Owner: 'carl' }).owner).toBe('bob');
  });

  it('reads the tag keys that it is told', () => {
    const tagKeys = { owner: ['kontakt', 'Owner'], team: [] };
    const ownersOf = compileOwnership({ ownership: [], tagKeys });
    const { context } = ownersOf(
      finding({ Owner: 'bob', Kontakt: 'ann', Team: 'blue', Env: 'dev' }),
    );
    expect(context).toEqual({ owner: 'ann', environment: 'dev' });
  });

  it('cuts what no AWS tag could hold', () => {
    expect(contextBy()({ Owner: 'x'.repeat(5000) }).owner).toHaveLength(256);
  });

  it('guesses nothing that an organizational unit decides', () => {
    const payments = { organizationalUnits: ['ou-1'], owner: 'ann' };
    const contextOf = contextBy(payments, payments, { owner: 'bob', team: 'blue' });
    expect(contextOf({})).toEqual({ team: 'blue', unknown: ['owner'] });
  });
});

describe('entries of the ownership file', () => {
  it.each<[string, OwnershipEntry, string | undefined]>([
    ['every finding', {}, 'ann'],
    ['its account', { accounts: ['111122223333'] }, 'ann'],
    ['another account', { accounts: ['999999999999'] }, undefined],
    ['a pattern of the ARN', { resources: ['arn:*:s3:::payments-*'] }, 'ann'],
    ['a pattern of any ARN', { resources: ['*-1'] }, 'ann'],
    ['another ARN', { resources: ['arn:*:s3:::hr-*'] }, undefined],
    ['a tag', { tags: { app: ['shop', 'pay'] } }, 'ann'],
    ['any value of a tag', { tags: { app: '*' } }, 'ann'],
    ['another value', { tags: { app: 'hr' } }, undefined],
    ['a member of every object', { tags: { constructor: '*' } }, undefined],
    ['tag and ARN of different resources', { resources: ['*-1'], tags: { app: 'pay' } }, undefined],
    ['account, but not ARN', { accounts: ['111122223333'], resources: ['x'] }, undefined],
  ])('are held against %s', (_, entry, owner) => {
    expect(contextBy({ ...entry, owner: 'ann' })({ app: 'pay' }, {}).owner).toBe(owner);
  });

  it('count in their order, field by field', () => {
    const contextOf = contextBy({ team: 'first' }, { owner: 'second', team: 'second' });
    expect(contextOf({})).toMatchObject({ team: 'first', owner: 'second' });
  });

  it('fit live tags too, which the tags of the finding go before', () => {
    const ownersOf = compileOwnership({
      ownership: [
        { tags: { app: 'live' }, owner: 'ann' },
        { tags: { app: 'held' }, owner: 'bob' },
      ],
    });
    const ownerBy = (tags: Readonly<Record<string, string>>) =>
      ownersOf(finding(tags), { liveTags: new Map([[bucket, { app: 'live' }]]) }).context.owner;
    expect(ownerBy({})).toBe('ann');
    expect(ownerBy({ app: 'held' })).toBe('bob');
  });
});
