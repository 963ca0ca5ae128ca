import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatInventoryKey, parseInventoryKey, trackedId } from './inventory-key.ts';

const place = 'accountid=123456789012/region=us-east-1/resourcetype=ManagedInstanceInventory';
const key = {
  ...{ prefix: '', type: 'AWS:File', account: '123456789012', region: 'us-east-1' },
  node: 'i-0123456789abcdef0',
};

describe('the key of an inventory', () => {
  it.each([
    [`AWS:File/${place}/i-0123456789abcdef0.json`, key],
    [`sync/eu/AWS:File/${place}/i-0123456789abcdef0.json`, { ...key, prefix: 'sync/eu/' }],
    [
      `Custom:FileHash/${place}/i-01234567.json`,
      { ...key, type: 'Custom:FileHash', node: 'i-01234567' },
    ],
    [`AWS:File/${place}/mi-0123456789abcdef0.json`, { ...key, node: 'mi-0123456789abcdef0' }],
    [
      `AWS:File/${place.replace('us-east-1', 'us-gov-west-1')}/i-0123456789abcdef0.json`,
      { ...key, region: 'us-gov-west-1' },
    ],
  ])('%s says whose it is', (text, parsed) => {
    expect(parseInventoryKey(text)).toEqual(parsed);
    expect(formatInventoryKey(parsed)).toBe(text);
  });

  it.each([
    'AWS:InstanceInformation/accountid=123456789012/test.json',
    `AWS:File/${place}/`,
    `AWS:File/${place}/i-0123456789abcdef0.json.bak`,
    `AWS:File/${place}/i-0123456789abcdef0.json\n`,
    `AWS:File/${place}/../i-0123456789abcdef0.json`,
    `AWS%3AFile/${place}/i-0123456789abcdef0.json`,
    `xAWS:File/${place}/i-0123456789abcdef0.json`,
    `AWS:/${place}/i-0123456789abcdef0.json`,
    '',
  ])('%p is none', (text) => {
    expect(parseInventoryKey(text)).toBeUndefined();
  });

  it('is read back as it was written, whatever the prefix', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (folders) => {
        const prefixed = { ...key, prefix: folders.map((folder) => `${folder}/`).join('') };
        expect(parseInventoryKey(formatInventoryKey(prefixed))).toEqual(prefixed);
      }),
    );
  });

  it('tells inventories apart with its bucket', () => {
    expect(trackedId({ bucket: 'a', key })).not.toBe(trackedId({ bucket: 'b', key }));
    expect(trackedId({ bucket: 'a', key })).toBe(`a/AWS:File/${place}/i-0123456789abcdef0.json`);
  });
});
