import { describe, expect, it } from '@jest/globals';
import type { MaintenanceWindow } from './inventory-rule.ts';
import { windowAround } from './maintenance-window.ts';

const around = (from: string, to: string, ...windows: readonly MaintenanceWindow[]) =>
  windowAround(windows, Date.parse(from), Date.parse(to));
const nights: MaintenanceWindow = {
  name: 'nights',
  timeZone: 'Europe/Berlin',
  from: '22:00',
  to: '06:00',
};

describe('a maintenance window', () => {
  it('goes by the clocks of its time zone, in summer and in winter', () => {
    expect(around('2026-07-01T20:00:00Z', '2026-07-02T04:00:00Z', nights)).toBe('nights');
    expect(around('2026-07-01T19:59:59Z', '2026-07-02T04:00:00Z', nights)).toBeUndefined();
    expect(around('2026-12-01T21:00:00Z', '2026-12-02T05:00:00Z', nights)).toBe('nights');
    expect(around('2026-12-01T20:59:59Z', '2026-12-01T21:30:00Z', nights)).toBeUndefined();
  });

  it('is as long as its night where clocks change', () => {
    // 25 October 2026: nine hours between 22:00 and 06:00.
    expect(around('2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z', nights)).toBe('nights');
    expect(around('2026-10-24T20:00:00Z', '2026-10-25T05:00:01Z', nights)).toBeUndefined();
  });

  it('begins on the days that it names', () => {
    const sundays: MaintenanceWindow = { ...nights, days: ['sunday'] };
    // 1 November 2026 is a Sunday.
    expect(around('2026-11-01T22:00:00Z', '2026-11-02T04:00:00Z', sundays)).toBe('nights');
    expect(around('2026-11-02T22:00:00Z', '2026-11-03T04:00:00Z', sundays)).toBeUndefined();
  });

  it('takes the second, or the last, such day of a month', () => {
    const patchday: MaintenanceWindow = {
      ...{ name: 'patchday', timeZone: 'UTC', from: '18:00', to: '24:00' },
      ...{ days: ['tuesday'], weeks: [2, -1] },
    };
    const days = ['03', '10', '17', '24'].filter((day) =>
      around(`2026-11-${day}T19:00:00Z`, `2026-11-${day}T23:59:59Z`, patchday),
    );
    expect(days).toEqual(['10', '24']);
    expect(around('2026-11-10T19:00:00Z', '2026-11-11T00:00:01Z', patchday)).toBeUndefined();
  });

  it('joins those that follow on one another', () => {
    const weekend: MaintenanceWindow = {
      ...{ name: 'weekend', timeZone: 'UTC', from: '00:00', to: '24:00' },
      days: ['saturday', 'sunday'],
    };
    expect(around('2026-11-07T00:00:00Z', '2026-11-09T00:00:00Z', weekend)).toBe('weekend');
    expect(around('2026-11-06T23:59:59Z', '2026-11-08T00:00:00Z', weekend)).toBeUndefined();
    const change: MaintenanceWindow = {
      ...{ name: 'change', start: '2026-11-09T00:00:00Z', end: '2026-11-09T02:00:00+01:00' },
    };
    expect(around('2026-11-08T20:00:00Z', '2026-11-09T01:00:00Z', change, weekend)).toBe('weekend');
    expect(around('2026-11-08T20:00:00Z', '2026-11-09T01:00:01Z', change, weekend)).toBeUndefined();
  });

  it('holds for no change of more than a month', () => {
    const always: MaintenanceWindow = {
      name: 'always',
      timeZone: 'UTC',
      from: '00:00',
      to: '24:00',
    };
    expect(around('2026-01-01T00:00:00Z', '2026-01-31T00:00:00Z', always)).toBe('always');
    expect(around('2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z', always)).toBeUndefined();
  });
});
