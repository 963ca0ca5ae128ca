import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readStoredRecord, UnreadableRecordError } from './index.ts';
import { claimedRecord, responseRecord } from './testing/samples.ts';

function pathOf(value: unknown): unknown {
  try {
    return readStoredRecord(value);
  } catch (error) {
    return error instanceof UnreadableRecordError ? error.path : error;
  }
}

describe('readStoredRecord', () => {
  it('reads what was written', () => {
    expect(readStoredRecord(claimedRecord())).toEqual(claimedRecord());
    expect(readStoredRecord(responseRecord())).toEqual(responseRecord());
    const telling = claimedRecord({ tells: 'planned' });
    expect(readStoredRecord(telling)).toEqual(telling);
  });

  it.each([
    ['(root)', undefined],
    ['(root)', 'text'],
    ['schemaVersion', { ...responseRecord(), schemaVersion: 2 }],
    ['id', { ...responseRecord(), id: '' }],
    ['status', { ...responseRecord(), status: 'lost' }],
    ['tells', { ...claimedRecord(), tells: 'verified' }],
    ['revision', { ...responseRecord(), revision: -1 }],
    ['resource.arn', { ...responseRecord(), resource: { accountId: '', region: '' } }],
    ['times.claimed', { ...responseRecord(), times: {} }],
  ])('says that the record is unreadable at %s', (path, value) => {
    expect(pathOf(value)).toBe(path);
  });

  it('reads any JSON or says where it is unreadable', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof pathOf(value)).toMatch(/string|object/);
        expect(pathOf(value)).not.toBeInstanceOf(Error);
      }),
    );
  });
});
