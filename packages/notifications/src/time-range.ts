/** Both ends belong to it, save for times. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** `09:00-17:00`, in minutes since midnight; `24:00` is the end of the day. A range over midnight has to be written as two, since its weekday would be unclear. */
export function timeRange(text: string): NumberRange | undefined {
  const [start, end, more] = text.split('-');
  const from = minutes(start);
  const to = minutes(end);
  if (more !== undefined || from === undefined || to === undefined) return undefined;
  return from < to ? { from, to } : undefined;
}

function minutes(text: string | undefined): number | undefined {
  const [, hour, minute] = /^\s*(\d\d):(\d\d)\s*$/.exec(text ?? '') ?? [];
  if (hour === undefined || minute === undefined || Number(minute) > 59) return undefined;
  const total = Number(hour) * 60 + Number(minute);
  return total <= 24 * 60 ? total : undefined;
}

/** `monday:friday`, `saturday`; the week begins on Sunday, which is 0. */
export function weekdayRange(text: string): NumberRange | undefined {
  return ordered(ends(text, (name) => placeIn(weekdays, name)));
}

/** `1:3`, `december`. January is 1. */
export function monthRange(text: string): NumberRange | undefined {
  const month = (name: string) => {
    const place = placeIn(months, name);
    return place === undefined ? numberIn(name, 1, 12) : place + 1;
  };
  return ordered(ends(text, month));
}

export function yearRange(text: string): NumberRange | undefined {
  return ordered(ends(text, (year) => numberIn(year, 1, 9999)));
}

/** `1:5`, `-3:-1`, `-5`. A negative day counts from the month's end; a range may begin with a day and end with a negative one. */
export function dayRange(text: string): NumberRange | undefined {
  const range = ends(text, (day) => numberIn(day, -31, 31));
  if (range === undefined || range.from === 0 || range.to === 0) return undefined;
  // A range that begins from the month's end cannot end from its beginning.
  if (range.from < 0 && range.to > 0) return undefined;
  return Math.sign(range.from) === Math.sign(range.to) ? ordered(range) : range;
}

function ends(text: string, read: (end: string) => number | undefined): NumberRange | undefined {
  const [first, last, more] = text.trim().toLowerCase().split(':');
  const from = read(first ?? '');
  const to = last === undefined ? from : read(last);
  return more !== undefined || from === undefined || to === undefined ? undefined : { from, to };
}

function ordered(range: NumberRange | undefined): NumberRange | undefined {
  return range !== undefined && range.from <= range.to ? range : undefined;
}

function placeIn(names: readonly string[], name: string): number | undefined {
  const place = names.indexOf(name.trim());
  return place < 0 ? undefined : place;
}

function numberIn(text: string, least: number, most: number): number | undefined {
  const value = /^\s*-?\d{1,4}\s*$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
