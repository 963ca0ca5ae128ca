import { describe, expect, it } from '@jest/globals';
import type { TimeInterval } from '@riposte/rules';
import fc from 'fast-check';
import { mutedAt } from './muted.ts';
import { nextChange } from './next-change.ts';
import { holdsAt, parseTimeInterval } from './time-interval.ts';

type Range = TimeInterval['ranges'][number];
const interval = (ranges: Range | Range[], timeZone?: string): TimeInterval => ({
  name: 'office',
  ...(timeZone && { timeZone }),
  ranges: Array.isArray(ranges) ? ranges : [ranges],
});
const holds = (range: Range, moment: string, zone?: string) =>
  holdsAt(interval(range, zone), new Date(moment));

describe('holdsAt', () => {
  it('includes the start of a time range and excludes its end', () => {
    const times = { times: ['09:00-17:00'] };
    expect(holds(times, '2026-01-05T08:59:59Z')).toBe(false);
    expect(holds(times, '2026-01-05T09:00:00Z')).toBe(true);
    expect(holds(times, '2026-01-05T16:59:59.999Z')).toBe(true);
    expect(holds(times, '2026-01-05T17:00:00Z')).toBe(false);
  });

  it('takes 24:00 as the end of the day', () => {
    expect(holds({ times: ['17:00-24:00'] }, '2026-01-05T23:59:59.999Z')).toBe(true);
    expect(holds({ times: ['17:00-24:00'] }, '2026-01-06T00:00:00Z')).toBe(false);
  });

  it('includes both ends of a range of weekdays, in any case of letters', () => {
    const days = ['2026-01-04', '2026-01-05', '2026-01-09', '2026-01-10'];
    const within = days.map((day) => holds({ weekdays: ['Monday:FRIDAY'] }, `${day}T12:00:00Z`));
    expect(within).toEqual([false, true, true, false]);
  });

  it('lets the week begin on Sunday', () => {
    expect(holds({ weekdays: ['sunday:monday'] }, '2026-01-04T12:00:00Z')).toBe(true);
    expect(() => parseTimeInterval(interval({ weekdays: ['saturday:sunday'] }))).toThrow(
      "time interval 'office': 'saturday:sunday' is wrong in weekdays",
    );
  });

  it.each([
    ['-3:-1', '2026-02-26', true],
    ['-3:-1', '2026-02-25', false],
    ['-1', '2028-02-29', true],
    ['-1', '2028-02-28', false],
    ['-1', '2026-01-31', true],
    ['1:31', '2026-02-28', true],
    ['-31:-1', '2026-02-01', true],
    ['30:31', '2026-02-28', false],
    ['1:-1', '2026-02-28', true],
    ['15:-1', '2026-02-14', false],
  ])('counts day of month %s on %s: %s', (days, date, expected) => {
    expect(holds({ daysOfMonth: [days] }, `${date}T12:00:00Z`)).toBe(expected);
  });

  it('knows months by name and by number, and years', () => {
    const range = { months: ['1:3', 'may:august', 'december'], years: ['2026:2027', '2030'] };
    expect(holds(range, '2026-02-01T00:00:00Z')).toBe(true);
    expect(holds(range, '2026-04-01T00:00:00Z')).toBe(false);
    expect(holds(range, '2027-12-31T23:59:00Z')).toBe(true);
    expect(holds(range, '2028-01-01T00:00:00Z')).toBe(false);
    expect(holds(range, '2030-06-01T00:00:00Z')).toBe(true);
  });

  it('asks all parts of a range, and any of several ranges', () => {
    const either = interval([
      { weekdays: ['saturday'], times: ['10:00-11:00'] },
      { weekdays: ['sunday'] },
    ]);
    expect(holdsAt(either, new Date('2026-01-03T10:30:00Z'))).toBe(true);
    expect(holdsAt(either, new Date('2026-01-03T12:00:00Z'))).toBe(false);
    expect(holdsAt(either, new Date('2026-01-04T12:00:00Z'))).toBe(true);
  });

  it('holds always where a range has no parts, never where there is no range', () => {
    expect(holds({}, '2026-01-05T12:00:00Z')).toBe(true);
    expect(holds({ times: [] }, '2026-01-05T12:00:00Z')).toBe(true);
    expect(holdsAt(interval([]), new Date())).toBe(false);
  });

  it('reads the clock and the date of its time zone', () => {
    expect(holds({ times: ['09:00-17:00'] }, '2026-01-04T23:00:00Z', 'Australia/Sydney')).toBe(
      true,
    );
    expect(holds({ weekdays: ['monday'] }, '2026-01-04T23:00:00Z', 'Australia/Sydney')).toBe(true);
    expect(holds({ weekdays: ['sunday'] }, '2026-01-05T04:00:00Z', 'America/New_York')).toBe(true);
  });

  it('follows the clock when it is put forward or back', () => {
    const work = { times: ['09:00-17:00'] };
    expect(holds(work, '2026-03-27T08:00:00Z', 'Europe/Berlin')).toBe(true);
    expect(holds(work, '2026-03-30T07:00:00Z', 'Europe/Berlin')).toBe(true);
    expect(holds(work, '2026-03-30T06:59:00Z', 'Europe/Berlin')).toBe(false);
    // 02:30 occurs twice on 25 October.
    const early = { times: ['02:30-02:45'] };
    expect(holds(early, '2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe(true);
    expect(holds(early, '2026-10-25T01:30:00Z', 'Europe/Berlin')).toBe(true);
  });

  it.each([
    [{ times: ['17:00-09:00'] }, "'17:00-09:00' is wrong in times"],
    [{ times: ['9:00-17:00'] }, "'9:00-17:00' is wrong in times"],
    [{ times: ['09:00-24:01'] }, "'09:00-24:01' is wrong in times"],
    [{ weekdays: ['funday'] }, "'funday' is wrong in weekdays"],
    [{ daysOfMonth: ['0'] }, "'0' is wrong in daysOfMonth"],
    [{ daysOfMonth: ['-1:5'] }, "'-1:5' is wrong in daysOfMonth"],
    [{ daysOfMonth: ['32'] }, "'32' is wrong in daysOfMonth"],
    [{ months: ['13'] }, "'13' is wrong in months"],
    [{ years: ['2028:2026'] }, "'2028:2026' is wrong in years"],
  ])('refuses %j', (range, message) => {
    expect(() => parseTimeInterval(interval(range))).toThrow(message);
  });

  it('refuses a zone that IANA does not know', () => {
    expect(() => parseTimeInterval(interval({}, 'Europe/Atlantis'))).toThrow(
      "'Europe/Atlantis' is no IANA time zone",
    );
  });
});

describe('nextChange', () => {
  const office = interval({ weekdays: ['monday:friday'], times: ['09:00-17:00'] }, 'Europe/Berlin');

  it('finds the end of what holds and the start of what will', () => {
    expect(nextChange(office, new Date('2026-01-09T12:00:00Z'))).toEqual(
      new Date('2026-01-09T16:00:00Z'),
    );
    expect(nextChange(office, new Date('2026-01-09T16:00:00Z'))).toEqual(
      new Date('2026-01-12T08:00:00Z'),
    );
  });

  it('goes on over midnight where the next day holds as well', () => {
    const weekend = interval({ weekdays: ['saturday'] });
    const both = { ...weekend, ranges: [...weekend.ranges, { weekdays: ['sunday'] }] };
    expect(nextChange(both, new Date('2026-01-03T12:00:00Z'))).toEqual(
      new Date('2026-01-05T00:00:00Z'),
    );
  });

  it('finds the 29th of February', () => {
    const leap = interval({ months: ['february'], daysOfMonth: ['29'] });
    expect(nextChange(leap, new Date('2024-03-01T00:00:00Z'))).toEqual(
      new Date('2028-02-29T00:00:00Z'),
    );
  });

  it('ends where the clock skips the end, and begins where it skips the beginning', () => {
    const jump = new Date('2026-03-29T01:00:00Z');
    const over = interval({ times: ['01:00-02:30'] }, 'Europe/Berlin');
    const into = interval({ times: ['02:30-04:00'] }, 'Europe/Berlin');
    expect(nextChange(over, new Date('2026-03-29T00:30:00Z'))).toEqual(jump);
    expect(nextChange(into, new Date('2026-03-29T00:30:00Z'))).toEqual(jump);
  });

  it('holds twice what the clock repeats', () => {
    const early = interval({ times: ['02:30-02:45'] }, 'Europe/Berlin');
    const changes = ['00:00', '00:30', '00:45', '01:30', '01:45'].map((time) =>
      nextChange(early, new Date(`2026-10-25T${time}:00Z`))
        ?.toISOString()
        .slice(11, 16),
    );
    expect(changes).toEqual(['00:30', '00:45', '01:30', '01:45', '01:30']);
  });

  it('finds nothing for what holds always, never, or in the past', () => {
    const now = new Date('2026-01-05T12:00:00Z');
    expect(nextChange(interval({}), now)).toBeUndefined();
    expect(nextChange(interval([]), now)).toBeUndefined();
    expect(nextChange(interval({ years: ['2020'] }), now)).toBeUndefined();
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC'])(
    'agrees with asking every minute, around every change of the clock, in %s',
    (zone) => {
      const dates = [
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-04',
        '2026-10-25',
        '2026-11-01',
      ];
      const start = fc.tuple(fc.constantFrom(...dates), fc.integer({ min: -1440, max: 1440 }));
      const clock = fc.integer({ min: 0, max: 1440 });
      const text = (minute: number) =>
        `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      fc.assert(
        fc.property(start, clock, clock, ([date, shift], one, other) => {
          fc.pre(one !== other);
          const [from, to] = one < other ? [one, other] : [other, one];
          const asked = interval({ times: [`${text(from)}-${text(to)}`] }, zone);
          const now = new Date(Date.parse(`${date}T00:00:00Z`) + shift * 60_000);
          const begins = holdsAt(asked, now);
          let minute = now.getTime() + 60_000;
          while (holdsAt(asked, new Date(minute)) === begins && minute < now.getTime() + 3e8)
            minute += 60_000;
          const expected = minute < now.getTime() + 3e8 ? new Date(minute) : undefined;
          expect(nextChange(asked, now)).toEqual(expected);
        }),
        { numRuns: 25 },
      );
    },
  );
});

describe('mutedAt', () => {
  const nights: TimeInterval = { name: 'nights', ranges: [{ times: ['00:00-06:00'] }] };
  const mornings: TimeInterval = { name: 'mornings', ranges: [{ times: ['06:00-09:00'] }] };
  const work: TimeInterval = { name: 'work', ranges: [{ times: ['08:00-17:00'] }] };
  const at = (hours: Parameters<typeof mutedAt>[0], time: string) =>
    mutedAt(hours, [nights, mornings, work], new Date(`2026-01-05T${time}:00Z`));

  it('names the interval and its end', () => {
    expect(at({ mute: ['nights'] }, '03:00')).toEqual({
      reason: 'mute',
      by: 'nights',
      until: new Date('2026-01-05T06:00:00Z'),
    });
    expect(at({ mute: ['nights'] }, '06:00')).toBeUndefined();
  });

  it('waits until no interval mutes and an active one holds', () => {
    expect(at({ mute: ['nights', 'mornings'], active: ['work'] }, '03:00')?.until).toEqual(
      new Date('2026-01-05T09:00:00Z'),
    );
    expect(at({ active: ['work'] }, '18:00')).toEqual({
      reason: 'inactive',
      by: 'work',
      until: new Date('2026-01-06T08:00:00Z'),
    });
  });

  it('says no end where there is none', () => {
    const ever: TimeInterval = { name: 'ever', ranges: [{}] };
    expect(mutedAt({ mute: ['ever'] }, [ever], new Date())).toEqual({ reason: 'mute', by: 'ever' });
  });

  it('is not silenced by a name that no interval has', () => {
    expect(at({ mute: ['gone'], active: ['lost'] }, '03:00')).toBeUndefined();
  });
});
