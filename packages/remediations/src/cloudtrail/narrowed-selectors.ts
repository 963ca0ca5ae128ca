import type { AdvancedEventSelector, EventSelector, TrailSelectors } from './ports.ts';
import { managementCoverage } from './selector-coverage.ts';

/**
 * True unless the current selectors provably log all that the approved ones log. Management events are compared by what is covered; of
 * data and other events, each approved selector must be met again.
 */
export function areNarrowed(approved: TrailSelectors, current: TrailSelectors): boolean {
  if (canonical(selectorsOf(approved)) === canonical(selectorsOf(current))) return false;
  return isManagementNarrowed(approved, current) || areOthersNarrowed(approved, current);
}

/** True where the order of selectors, or of the values in them, is all that differs. */
export function areSameSelectors(one: TrailSelectors, other: TrailSelectors): boolean {
  return canonical(selectorsOf(one)) === canonical(selectorsOf(other));
}

/** A text that is equal for values which differ only in the order of members or list items. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.sort().join(',')}}`;
}

function selectorsOf(selectors: TrailSelectors): readonly unknown[] {
  return selectors.advancedEventSelectors.length > 0
    ? selectors.advancedEventSelectors.map(({ FieldSelectors }) => FieldSelectors)
    : selectors.eventSelectors;
}

function isManagementNarrowed(approved: TrailSelectors, current: TrailSelectors): boolean {
  const before = managementCoverage(approved);
  const after = managementCoverage(current);
  if ((before.read && !after.read) || (before.write && !after.write)) return true;
  if (!before.read && !before.write) return false;
  return after.excluded.some((source) => !before.excluded.includes(source));
}

function areOthersNarrowed(approved: TrailSelectors, current: TrailSelectors): boolean {
  if (approved.advancedEventSelectors.length > 0) {
    const kept = new Set(dataSelectors(current).map(canonical));
    return dataSelectors(approved).some((selector) => !kept.has(canonical(selector)));
  }
  if (current.advancedEventSelectors.length > 0) {
    return approved.eventSelectors.some(({ DataResources = [] }) => DataResources.length > 0);
  }
  const now = current.eventSelectors.flatMap(dataParts);
  return approved.eventSelectors
    .flatMap(dataParts)
    .some((wanted) => !now.some((part) => covers(part, wanted)));
}

function dataSelectors({ advancedEventSelectors }: TrailSelectors): readonly unknown[] {
  return advancedEventSelectors.filter(isData).map(({ FieldSelectors }) => FieldSelectors);
}

function isData({ FieldSelectors }: AdvancedEventSelector): boolean {
  return !FieldSelectors.some(
    ({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Management'),
  );
}

/** One prefix of one type of resource whose data events are logged. */
interface DataPart {
  readonly type: string;
  readonly prefix: string;
  readonly readWrite: string;
}

function dataParts({ DataResources = [], ReadWriteType = 'All' }: EventSelector): DataPart[] {
  return DataResources.flatMap(({ Type = '', Values = [] }) =>
    Values.map((prefix) => ({ type: Type, prefix, readWrite: ReadWriteType })),
  );
}

function covers(part: DataPart, wanted: DataPart): boolean {
  const isSameKind = part.type === wanted.type && wanted.prefix.startsWith(part.prefix);
  return isSameKind && (part.readWrite === 'All' || part.readWrite === wanted.readWrite);
}
