import {
  type ByteSource,
  type Change,
  compareSnapshots,
  deletionSignals,
  deletionsOf,
  foldChanges,
  folderOf,
  formatInventoryKey,
  inventoryType,
  kindOf,
  readSnapshot,
  relocateLedger,
  type SnapshotFacts,
  type Step,
  sightingOf,
  withPackageChange,
} from '@riposte/inventory';
import type { ComparisonRecord, InventoryObject } from '../ports.ts';
import { moveCoverage, problemsOf, shown } from './coverage-of.ts';
import type { Known } from './known.ts';
import { moveLedger } from './ledger-move.ts';
import { type LookPorts, type Move, updatedAtOf } from './looking.ts';
import type { OpenedVersion } from './open-version.ts';

/** What was compared. */
interface Compared {
  readonly facts: SnapshotFacts;
  readonly changes: readonly Change[];
  readonly signals: Step['deletionSignals'];
  /** The version before is gone: changes are everything that is there. */
  readonly isGap: boolean;
}

/**
 * Compares a version with the one before it, and takes what differs into the ledger. Where the one before is gone, and the version says
 * something else, it is a new baseline that nobody has approved, and that is told.
 */
export async function takeStep(
  known: Known,
  opened: OpenedVersion,
  ports: LookPorts,
): Promise<Move> {
  const compared = await compare(known, opened, ports);
  const { object, tracked, ledger, judging } = known;
  const { facts, changes, isGap } = compared;
  const { version, digest } = opened;
  const { storedAt } = version;
  const to = sightingOf(version, facts.captureTime);
  const updatedAt = updatedAtOf(tracked, storedAt);
  const from = { versionId: tracked.seen.versionId, at: tracked.seen.at };
  const step: Step = { from, to, storedAt, deletionSignals: compared.signals };
  const fold = isGap ? relocateLedger : foldChanges;
  const after = isGap || changes.length > 0 ? fold(ledger, changes, { step, judging }) : ledger;
  const judged = isGap ? [...shown, 'baseline-lost' as const] : shown;
  const found = problemsIn(object, compared);
  const watch = moveCoverage(object, tracked.coverage, found, { at: to.at, updatedAt, judged });
  const isPackages = object.key.type === 'AWS:Application' && changes.length > 0 && !isGap;
  const packages = { from: from.at, to: to.at };
  const move = await moveLedger(
    known,
    {
      after,
      changes: {
        seen: { ...to, digest, lines: facts.lines, storedAt },
        coverage: watch.coverage,
        ...(isGap && { baseline: to }),
        ...(isPackages && {
          packageChanges: withPackageChange(tracked.packageChanges ?? [], packages),
        }),
      },
      ...{ updatedAt, ending: 'it is as approved again' },
    },
    ports,
  );
  const findings = [...move.findings, ...watch.findings];
  return {
    ...move,
    ...{ findings, coverage: judged },
    record: recordOf(known, { opened, compared, findings: findings.length }, ports),
    asks: isPackages ? [{ ...object, key: { ...object.key, type: 'AWS:File' } }] : [],
  };
}

const nothing: ByteSource = { open: async function* () {} };

async function compare(
  { object, tracked }: Known,
  { source, digest }: OpenedVersion,
  { inventories }: LookPorts,
): Promise<Compared> {
  const type = inventoryType(object.key.type);
  const key = formatInventoryKey(object.key);
  const isSame = digest === tracked.seen.digest;
  const before = isSame
    ? source
    : await inventories.open(object.bucket, key, tracked.seen.versionId);
  const found: Change[] = [];
  const onChange = (change: Change) => found.push(change);
  const { before: facts, after } = await compareSnapshots({
    ...{ before: before ?? nothing, after: source, type, onChange },
  });
  // In any order, which says nothing.
  const changes = found.sort((one, other) => (one.identity < other.identity ? -1 : 1));
  if (!before) return { facts: after, changes, signals: new Map(), isGap: true };
  const deletions = deletionsOf(changes, { lines: facts.lines, type });
  const left = new Set<string>();
  if (deletions.folders.size > 0) {
    await readSnapshot(source, type, ({ identity }) => left.add(folderOf(identity) ?? ''));
  }
  return { facts: after, changes, signals: deletionSignals(deletions, left), isGap: false };
}

function problemsIn(object: InventoryObject, { facts, isGap }: Compared) {
  return {
    ...problemsOf(object, facts),
    ...(isGap && { 'baseline-lost': { lines: facts.lines } }),
  };
}

interface Recorded {
  readonly opened: OpenedVersion;
  readonly compared: Compared;
  readonly findings: number;
}

function recordOf(
  { object, tracked }: Known,
  { opened: { version }, compared: { facts, changes, isGap }, findings }: Recorded,
  { clock }: LookPorts,
): ComparisonRecord {
  const counted = (kind: string) =>
    isGap ? 0 : changes.filter((change) => kindOf(change) === kind).length;
  return {
    ...{ object, from: tracked.seen.versionId, to: version.versionId, lines: facts.lines },
    ...{ created: counted('created'), modified: counted('modified'), deleted: counted('deleted') },
    ...{ unreadableLines: facts.problemCount, findings, at: clock().toISOString() },
  };
}
