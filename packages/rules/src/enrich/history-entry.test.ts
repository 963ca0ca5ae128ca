import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asffOf } from '../evaluate/testing/findings.ts';
import {
  type HistoryEntry,
  historyKey,
  historyText,
  nextEntry,
  occurrencesBefore,
  type Sighting,
} from './history-entry.ts';

const check = { resource: 'arn:aws:s3:::a', control: 'S3.4' };

type Said = readonly [key: string, day: number, because?: string | undefined];

function entryAfter(...sightings: readonly Said[]) {
  let entry: HistoryEntry | undefined;
  for (const [key, day, because] of sightings)
    entry = nextEntry(entry, check, sighting(key, day, because)) ?? entry;
  return entry;
}

function sighting(key: string, day: number, because?: string): Sighting {
  const at = `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;
  return { key, closed: because !== undefined, at, ...(because !== undefined && { because }) };
}

describe('a history', () => {
  it('counts what is opened, and opened again, once each', () => {
    const entry = entryAfter(['a', 1], ['a', 2], ['a', 3, 'check passed'], ['a', 4], ['b', 5]);
    expect(entry).toMatchObject({
      count: 3,
      firstAt: '2026-01-01T00:00:00Z',
      lastAt: '2026-01-05T00:00:00Z',
      outcome: { because: 'check passed', at: '2026-01-03T00:00:00Z' },
    });
    expect(Object.keys(entry?.open ?? {})).toEqual(['a', 'b']);
  });

  it.each<[string, readonly Said[]]>([
    [
      'a closure of what nobody heard open',
      [
        ['a', 1],
        ['b', 2, 'archived'],
      ],
    ],
    [
      'a closure from before the opening',
      [
        ['a', 5],
        ['a', 4, 'archived'],
      ],
    ],
    [
      'the same again',
      [
        ['a', 1],
        ['a', 1],
      ],
    ],
  ])('learns nothing from %s', (_, sightings) => {
    expect(entryAfter(...sightings)).toMatchObject({ count: 1, version: 1 });
  });

  it('learns nothing from an opening from before the last outcome', () => {
    expect(entryAfter(['a', 1], ['a', 5, 'archived'], ['a', 3])).toMatchObject({
      count: 1,
      open: {},
    });
  });

  it('is none of a check that was never open', () => {
    expect(entryAfter(['a', 1, 'check passed'])).toBeUndefined();
  });

  it('stays small, however many findings are open', () => {
    const sightings = Array.from({ length: 500 }, (_, index) => [`f${index}`, 1] as const);
    const entry = entryAfter(...sightings);
    expect(entry?.count).toBe(500);
    expect(Object.keys(entry?.open ?? {})).toHaveLength(50);
  });

  it('comes out the same however often events are repeated', () => {
    const event = fc.tuple(fc.constantFrom('a', 'b'), fc.boolean());
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const sightings = events.map(
          ([key, isClosed], index) => [key, index + 1, isClosed ? 'x' : undefined] as const,
        );
        const twice = sightings.flatMap((one) => [one, one]);
        expect(entryAfter(...twice)).toEqual(entryAfter(...sightings));
      }),
    );
  });

  it('is said in words that stay the same', () => {
    expect(historyText(undefined, 'a')).toBe('first time');
    expect(historyText(entryAfter(['a', 1]), 'a')).toBe('first time');
    expect(historyText(entryAfter(['a', 1]), 'b')).toBe(
      'failed once before, since 2026-01-01; none was closed yet',
    );
    expect(
      historyText(entryAfter(['a', 1], ['a', 2, 'workflow SUPPRESSED'], ['a', 3], ['b', 4]), 'b'),
    ).toBe(
      'failed 2 times before, since 2026-01-01; last outcome: workflow SUPPRESSED on 2026-01-02',
    );
  });

  it('counts the finding itself only where it was noted', () => {
    const entry = entryAfter(['a', 1], ['a', 2, 'x'], ['a', 3]);
    expect(occurrencesBefore(entry, 'a')).toBe(1);
    expect(occurrencesBefore(entry, 'b')).toBe(2);
    expect(occurrencesBefore(entry, 'constructor')).toBe(2);
  });

  it('names a check as well as its provider does', () => {
    const finding = asffOf();
    const controlled = asffOf({ Compliance: { SecurityControlId: 'S3.4' } });
    expect(historyKey(controlled).control).toBe('S3.4');
    expect(historyKey(finding).control).toBe('security-control/S3.1');
    const bare = { ...finding, types: [], resources: [], title: 'words' };
    const { generatorId: _, ...unnamed } = bare;
    expect(historyKey(unnamed)).toEqual({ resource: '', control: 'words' });
  });
});
