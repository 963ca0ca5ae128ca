import { describe, expect, it } from '@jest/globals';
import { parseFinding } from '@riposte/findings';
import type { OwnershipEntry } from '@riposte/rules';
import { asffFinding } from '@riposte/testing';
import { offlineContext } from './offline-context.ts';

const bucket = 'arn:aws:s3:::payments-prod';
const finding = (Tags: Readonly<Record<string, string>> = {}) =>
  parseFinding(asffFinding({ Resources: [{ Id: 'x' }, { Id: bucket, Tags }] }));

describe('offlineContext', () => {
  it('takes tags before the ownership file, field by field', () => {
    const contextOf = offlineContext([{ owner: 'ann', team: 'blue', environment: 'test' }]);
    expect(contextOf(finding({ 'owner-team': 'red', env: ' prod ' }))).toEqual({
      owner: 'ann',
      team: 'red',
      environment: 'prod',
    });
  });

  it('prefers the spelling that is asked for', () => {
    expect(offlineContext([])(finding({ OWNER: 'b', Owner: 'a' })).owner).toBe('a');
  });

  it.each<[string, OwnershipEntry, string | undefined]>([
    ['its account', { accounts: ['123456789012'] }, 'ann'],
    ['another account', { accounts: ['999999999999'] }, undefined],
    ['a pattern of the ARN', { resources: ['arn:*:s3:::payments-*'] }, 'ann'],
    ['another ARN', { resources: ['arn:*:s3:::hr-*'] }, undefined],
    ['a tag', { tags: { app: ['shop', 'pay'] } }, 'ann'],
    ['any value', { tags: { app: '*' } }, 'ann'],
    ['a tag that is not there', { tags: { constructor: '*' } }, undefined],
  ])('holds entries against %s', (_what, entry, owner) => {
    const contextOf = offlineContext([{ ...entry, owner: 'ann' }]);
    expect(contextOf(finding({ app: 'pay' })).owner).toBe(owner);
  });

  it('guesses nothing that an organizational unit decides', () => {
    const contextOf = offlineContext([
      { organizationalUnits: ['ou-1'], owner: 'ann' },
      { owner: 'bob', team: 'blue' },
    ]);
    expect(contextOf(finding())).toEqual({ team: 'blue', unknown: ['owner'] });
  });
});
