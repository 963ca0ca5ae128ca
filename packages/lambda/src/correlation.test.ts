import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { correlationOf } from './index.ts';

describe('correlationOf', () => {
  it.each<[string, unknown, object]>([
    ['an API call', { id: 'e', detail: { eventID: 'c' } }, { correlationId: 'e', apiCallId: 'c' }],
    [
      'an ASFF finding',
      { id: 'e', detail: { findings: [{ Id: 'f' }] } },
      { correlationId: 'e', findingId: 'f' },
    ],
    [
      'an OCSF finding',
      { detail: { findings: [{ finding_info: { uid: 'f' } }] } },
      { correlationId: 'f', findingId: 'f' },
    ],
    [
      "GuardDuty's own event",
      { id: 'e', detail: { id: 'g' } },
      { correlationId: 'e', findingId: 'g' },
    ],
    [
      'an API call without an event',
      { detail: { eventID: 'c' } },
      { correlationId: 'c', apiCallId: 'c' },
    ],
    ['something else', 'text', { correlationId: '' }],
    ['an id that is none', { id: 7, detail: { findings: 'x' } }, { correlationId: '' }],
  ])('reads the ids of %s', (_what, event, ids) => {
    expect(correlationOf(event)).toEqual(ids);
  });

  it('escapes and shortens what others wrote', () => {
    expect(correlationOf({ id: 'a\u202eb' }).correlationId).toBe('a\\u{202e}b');
    expect(correlationOf({ id: 'x'.repeat(9999) }).correlationId).toHaveLength(256);
  });

  it('reads anything without failing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (event) => {
        expect(typeof correlationOf(event).correlationId).toBe('string');
      }),
    );
  });
});
