import { describe, expect, it } from '@jest/globals';
import { readSilenceItem, silenceItem, silenceOf } from './index.ts';

const silence = silenceOf({
  matchers: [{ label: 'severity', op: '=', value: 'LOW' }],
  startsAt: '2026-01-05T12:00:00Z',
  endsAt: '2026-01-05T13:00:00Z',
  author: 'ada',
  reason: 'migration',
});

describe('the item of a silence', () => {
  it('lies with all others, and is kept for a while after its end', () => {
    const item = silenceItem(silence, 1);
    expect(item).toMatchObject({ pk: 'silences', sk: silence.id, version: 1 });
    expect(new Date(item.expiresAt * 1000).toISOString()).toBe('2026-02-04T13:00:00.000Z');
  });

  it('is read as it was written', () => {
    expect(readSilenceItem({ ...silenceItem(silence, 3) })).toEqual({ silence, version: 3 });
  });

  it.each([
    [{}],
    [{ silence, version: '1' }],
    [{ silence: { ...silence, reason: 7 }, version: 1 }],
    [{ silence: { ...silence, matchers: [{ label: 'a', op: '=' }] }, version: 1 }],
    [{ silence: { ...silence, matchers: undefined }, version: 1 }],
  ])('is none: %j', (item) => {
    expect(readSilenceItem(item)).toBeUndefined();
  });
});
