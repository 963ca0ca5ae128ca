import { appendNote, cutText } from '@riposte/findings';
import { logger, type Measure } from '@riposte/lambda';
import { HubUnavailableError } from '../errors.ts';
import type { FindingName } from '../ports.ts';
import { idAs, type Owner, placeOfName } from './hand-in-as.ts';
import { type Hub, type HubChange, type HubPlace, hubLimits, type StandingFinding } from './hub.ts';
import { refusalKind } from './refusal-kind.ts';

/** What changing findings needs from the outside. */
export interface UpdatePorts {
  readonly hub: Hub;
  readonly owner: Owner;
  readonly measure: (measure: Measure) => void;
}

/** Which of the findings are changed, and to what. */
interface Wish {
  readonly workflow: HubChange['workflow'];
  readonly note: string;
  readonly wanted: (standing: StandingFinding) => boolean;
}

/** Longer notes would leave no room for an analyst's. */
const longestNote = 380;

/** Sets findings RESOLVED, with a note; see `FindingImports`. */
export function resolveFindings(ports: UpdatePorts) {
  return (findings: readonly FindingName[], note: string): Promise<void> =>
    change(findings, ports, {
      workflow: 'RESOLVED',
      note,
      wanted: ({ workflow, ...held }) =>
        workflow !== 'RESOLVED' || held.note !== noteAfter(held, note),
    });
}

/** Sets those of the findings NEW that somebody has set RESOLVED; see `FindingImports`. */
export function reopenFindings(ports: UpdatePorts) {
  return (findings: readonly FindingName[], note: string): Promise<void> =>
    change(findings, ports, {
      workflow: 'NEW',
      note,
      wanted: ({ workflow }) => workflow === 'RESOLVED',
    });
}

async function change(
  findings: readonly FindingName[],
  ports: UpdatePorts,
  wish: Wish,
): Promise<void> {
  const places = Map.groupBy(findings, (name) => {
    const { account, region } = placeOfName(name, ports.owner);
    return `${account} ${region}`;
  });
  for (const some of places.values()) {
    const [first] = some;
    if (!first) continue;
    const ids = [...new Set(some.map((name) => idAs(name, ports.owner)))];
    await changeIn(placeOfName(first, ports.owner), ids, ports, wish);
  }
}

/** Reads first: a finding has one note, and whoever is not in need of a change is left alone. One call says the same of all its ids. */
async function changeIn(
  place: HubPlace,
  ids: readonly string[],
  ports: UpdatePorts,
  wish: Wish,
): Promise<void> {
  const standing: StandingFinding[] = [];
  for (const some of slices(ids, hubLimits.readIds))
    standing.push(...(await ports.hub.read(place, some)));
  const alike = Map.groupBy(standing.filter(wish.wanted), (one) => noteAfter(one, wish.note));
  for (const [note, some] of alike) {
    const change: HubChange = { note, workflow: wish.workflow };
    for (const batch of slices(some, hubLimits.updateIds))
      await updateAll(
        place,
        batch.map(({ id }) => id),
        ports,
        change,
      );
  }
}

/** Those that are not changed among others are tried once more alone. */
async function updateAll(
  place: HubPlace,
  ids: readonly string[],
  { hub, measure }: UpdatePorts,
  change: HubChange,
): Promise<void> {
  for (const { id } of await hub.update(place, ids, change)) {
    const [refusal] = await hub.update(place, [id], change);
    if (!refusal) continue;
    const { code, reason } = refusal;
    if (refusalKind(code) === 'passing')
      throw new HubUnavailableError(`${place.account} ${place.region}`, code);
    logger.error('a finding was not changed', { findingId: id, code, reason });
    measure({ name: 'FindingsNotUpdated', value: 1, unit: 'Count' });
  }
}

function noteAfter(
  { note, noteBy }: Pick<StandingFinding, 'note' | 'noteBy'>,
  own: string,
): string {
  const said = own.replace(/^Riposte: /, '');
  return appendNote({ text: note, updatedBy: noteBy }, cutText(said, longestNote));
}

function* slices<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
