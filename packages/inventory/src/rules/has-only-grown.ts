import type { Entry } from '../model/entry.ts';
import type { RuleQuestion } from '../model/rule-verdict.ts';

const growing: ReadonlySet<string> = new Set(['Size', 'ModificationTime']);
const cut: ReadonlySet<string> = new Set([
  'shrank',
  'time-went-backwards',
  'size-changed-time-kept',
]);

/**
 * Whether a file is only longer and later than it was, as a log is. Whatever cannot be read as that counts as another change: a size that is
 * no number, a time that went, two lines of one name, something that was noticed on the way.
 */
export function hasOnlyGrown(question: RuleQuestion): boolean {
  const { before, after, attributes, signals = [] } = question;
  const [one, other] = [before[0], after[0]];
  if (one === undefined || other === undefined || before.length + after.length > 2) return false;
  if (signals.some((signal) => cut.has(signal))) return false;
  return (
    attributes.every((name) => growing.has(name)) &&
    isInOrder(one, other, 'Size', sizeOf) &&
    isInOrder(one, other, 'ModificationTime', timeOf)
  );
}

function isInOrder(
  before: Entry,
  after: Entry,
  name: string,
  read: (text: string) => number,
): boolean {
  const [one, other] = [textOf(before, name), textOf(after, name)];
  return one === other || read(one) <= read(other);
}

function textOf({ attributes }: Entry, name: string): string {
  return Object.hasOwn(attributes, name) ? (attributes[name] ?? '') : '';
}

function sizeOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function timeOf(text: string): number {
  return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
}
