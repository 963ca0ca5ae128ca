import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
  TrailSelectors,
} from './ports.ts';

/** Which management events a trail logs. */
export interface ManagementCoverage {
  readonly read: boolean;
  readonly write: boolean;
  /** Event sources that are left out, e.g. `kms.amazonaws.com`; `*` stands for a condition that leaves out more than sources. */
  readonly excluded: readonly string[];
}

const nothing: ManagementCoverage = { read: false, write: false, excluded: [] };

/** Sources that CloudTrail itself offers to leave out because of their volume: leaving them out does not blind a trail. */
const voluminous = new Set(['kms.amazonaws.com', 'rdsdata.amazonaws.com']);

/**
 * Which management events selectors log, basic or advanced: the union of all selectors; of the sources that one leaves out, only those count
 * that every selector leaves out.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function managementCoverage(selectors: TrailSelectors): ManagementCoverage {
  const parts =
    selectors.advancedEventSelectors.length > 0
      ? selectors.advancedEventSelectors.map(advancedCoverage)
      : selectors.eventSelectors.map(basicCoverage);
  const logging = parts.filter(({ read, write }) => read || write);
  const writing = logging.filter(({ write }) => write);
  const deciding = writing.length > 0 ? writing : logging;
  const [first = nothing, ...others] = deciding;
  return {
    read: logging.some(({ read }) => read),
    write: writing.length > 0,
    excluded: first.excluded.filter((source) =>
      others.every(({ excluded }) => excluded.includes(source) || excluded.includes('*')),
    ),
  };
}

/** True where write management events are logged, apart at most from the voluminous sources: what the event path of Riposte lives on. */
export function logsWriteManagementEvents(selectors: TrailSelectors): boolean {
  const { write, excluded } = managementCoverage(selectors);
  return write && excluded.every((source) => voluminous.has(source));
}

function basicCoverage(selector: EventSelector): ManagementCoverage {
  if (selector.IncludeManagementEvents === false) return nothing;
  return {
    read: selector.ReadWriteType !== 'WriteOnly',
    write: selector.ReadWriteType !== 'ReadOnly',
    excluded: selector.ExcludeManagementEventSources ?? [],
  };
}

function advancedCoverage({ FieldSelectors }: AdvancedEventSelector): ManagementCoverage {
  const category = fieldOf(FieldSelectors, 'eventCategory');
  if (!category?.Equals?.includes('Management')) return nothing;
  const readOnly = fieldOf(FieldSelectors, 'readOnly')?.Equals;
  const others = FieldSelectors.filter(
    ({ Field }) => !['eventCategory', 'readOnly'].includes(Field),
  );
  return {
    read: readOnly === undefined || readOnly.includes('true'),
    write: readOnly === undefined || readOnly.includes('false'),
    excluded: others.flatMap(excludedBy),
  };
}

/** Sources that a condition leaves out; a condition of any other kind leaves out what cannot be listed. */
function excludedBy({ Field, NotEquals, ...operators }: AdvancedFieldSelector): readonly string[] {
  const isOnlySources = Field === 'eventSource' && Object.keys(operators).length === 0;
  return isOnlySources ? (NotEquals ?? []) : ['*'];
}

function fieldOf(
  fields: readonly AdvancedFieldSelector[],
  name: string,
): AdvancedFieldSelector | undefined {
  return fields.find(({ Field }) => Field === name);
}
