import { describe, expect, it } from '@jest/globals';
import { defaultTagKeys, tagReader } from './tag-keys.ts';

describe('tagReader', () => {
  it.each([
    [{ Owner: 'ann' }, 'ann'],
    [{ OWNER: 'ann' }, 'ann'],
    [{ 'resource-owner': 'ann' }, 'ann'],
    [{ service_owner: 'bob', owner: 'ann' }, 'ann'],
    [{ owner: 'bob', Owner: 'ann' }, 'ann'],
    [{ owner: 'bob', oWner: 'ann' }, 'ann'],
    [{ Owner: '  ', owner: ' ann ' }, 'ann'],
    [{ Owner: ' ' }, undefined],
    [{ Ownership: 'ann' }, undefined],
    [{}, undefined],
  ])('reads the owner of %j as %s', (tags, owner) => {
    expect(tagReader(tags)(defaultTagKeys.owner)).toBe(owner);
  });

  it('reads nothing where no key is listed', () => {
    expect(tagReader({ Owner: 'ann' })([])).toBeUndefined();
  });
});
