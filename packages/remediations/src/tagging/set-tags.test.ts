import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fakeTags } from './fake-tags.ts';
import { plannedTags, setTags, tagsBack } from './set-tags.ts';

const arn = 'arn:aws:s3:::reports';
const target = { arn, tags: { reviewed: 'no', owner: 'payments' } };
const before = { owner: 'red', team: 'blue' };

describe('setTags', () => {
  it('plans what differs, with the values before', () => {
    expect(setTags.plan(target, before)).toEqual([
      expect.objectContaining({ what: 'tag reviewed', before: undefined, after: 'no' }),
      expect.objectContaining({ what: 'tag owner', before: 'red', after: 'payments' }),
    ]);
    expect(setTags.plan(target, { ...before, ...target.tags })).toEqual([]);
    expect(plannedTags(setTags.plan(target, before))).toEqual(target.tags);
  });

  it('sets them, proves it, and leaves the tags of others', async () => {
    const tags = fakeTags({ [arn]: before });
    await setTags.apply(target, before, tags);
    expect(await setTags.verify(target, tags)).toEqual({
      verified: true,
      evidence: 'GetResources: reviewed, owner as wanted',
      state: { reviewed: 'no', owner: 'payments', team: 'blue' },
    });
    expect(tags.calls).toEqual(['TagResources', 'GetResources']);
  });

  it('says which are not there', async () => {
    const tags = fakeTags({ [arn]: { owner: 'payments' } });
    expect(await setTags.verify(target, tags)).toMatchObject({
      verified: false,
      evidence: 'GetResources: not as wanted: reviewed',
    });
  });

  it('calls nothing where all is as wanted, or nothing is left to take back', async () => {
    const tags = fakeTags({ [arn]: target.tags });
    await setTags.apply(target, target.tags, tags);
    await setTags.undo(target, target.tags, tags);
    expect(tags.calls).toEqual(['GetResources']);
  });

  it('takes back what it changed, and nothing that somebody has changed since', async () => {
    const tags = fakeTags({ [arn]: before });
    await setTags.apply(target, before, tags);
    await tags.change(arn, { set: { owner: 'green', more: 'x' }, remove: [] });
    await setTags.undo(target, before, tags);
    expect(tags.held.get(arn)).toEqual({ owner: 'green', team: 'blue', more: 'x' });
  });

  it('restores any tags, whatever they are called', async () => {
    const tagList = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('constructor', 'a', 'b')),
      fc.constantFrom('1', '2', ''),
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(tagList, tagList, async (held, wanted) => {
        const tags = fakeTags({ [arn]: held });
        const any = { arn, tags: wanted };
        await setTags.apply(any, held, tags);
        expect((await setTags.verify(any, tags)).verified).toBe(true);
        await setTags.undo(any, held, tags);
        expect(tags.held.get(arn)).toEqual(held);
      }),
    );
  });
});

describe('tagsBack', () => {
  it('sets what was there, and removes what was not', () => {
    expect(tagsBack(target, before, { ...before, ...target.tags })).toEqual({
      set: { owner: 'red' },
      remove: ['reviewed'],
    });
  });
});
