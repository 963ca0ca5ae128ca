import {
  type Change,
  compareSnapshots,
  deletionSignals,
  deletionsOf,
  firstCaptureTime,
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
  snapshotDigest,
  withPackageChange,
} from '@riposte/inventory';
import type { ComparisonRecord, InventoryObject, ListedVersion } from '../ports.ts';
import { moveCoverage, problemsOf, shown } from './coverage-of.ts';
import { judgingOf, type Known, knownOf } from './known.ts';
import { moveLedger } from './ledger-move.ts';
import { type LookPorts, type Move, type Seen, silentMove, updatedAtOf } from './looking.ts';
import { openVersion } from './open-version.ts';

const applications = 'AWS:Application';

/**
 * Compares a version with the one before it, and takes what differs into the ledger. Where the one before is gone, the version is a new
 * baseline that nobody has approved, and that is told.
 */
export async function takeStep(
  seen: Seen,
  version: ListedVersion,
  ports: LookPorts,
): Promise<Move> {
  const { object, tracked } = seen;
  const source = await openVersion(ports.inventories, object, version);
  const digest = await snapshotDigest(source);
  const type = inventoryType(object.key.type);
  if (digest === tracked.seen.digest && tracked.announced === undefined) {
    return unchanged(seen, version, await firstCaptureTime(source, type));
  }
  const known = await knownOf(seen, ports);
  const key = formatInventoryKey(object.key);
  const before = await ports.inventories.open(object.bucket, key, tracked.seen.versionId);
  const changes: Change[] = [];
  const onChange = (change: Change) => changes.push(change);
  if (!before) {
    const facts = await readSnapshot(source, type, (entry) =>
      onChange({ identity: entry.identity, name: entry.name, before: [], after: [entry] }),
    );
    const isGap = digest !== tracked.seen.digest;
    return moved(known, ports, { version, digest, facts, changes: isGap ? changes : [], isGap });
  }
  const compared = await compareSnapshots({ before, after: source, type, onChange });
  const deletions = deletionsOf(changes, { lines: compared.before.lines, type });
  const left = new Set<string>();
  if (deletions.folders.size > 0) {
    await readSnapshot(source, type, ({ identity }) => left.add(folderOf(identity) ?? ''));
  }
  const signals = deletionSignals(deletions, left);
  return moved(known, ports, { version, digest, facts: compared.after, changes, signals });
}

/** The inventory says what it said before: only that it does is new, and that it is there. */
function unchanged(seen: Seen, version: ListedVersion, captureTime: string | undefined): Move {
  const { object, tracked } = seen;
  const { storedAt } = version;
  const to = sightingOf(version, captureTime);
  const { coverage, findings } = moveCoverage(
    object,
    tracked.coverage,
    {},
    {
      ...{ at: to.at, updatedAt: updatedAtOf(tracked, storedAt) },
      judged: ['inventory-deleted', 'not-reporting'],
    },
  );
  const { lines } = tracked.seen;
  return {
    ...silentMove({ ...tracked, seen: { ...tracked.seen, ...to, storedAt }, coverage }),
    findings,
    coverage: ['inventory-deleted', 'not-reporting'],
    record: {
      ...{ object, from: tracked.seen.versionId, to: version.versionId, lines },
      ...{ created: 0, modified: 0, deleted: 0, unreadableLines: 0 },
      ...{ findings: findings.length, at: storedAt },
    },
  };
}

/** The inventory was deleted: what was compared last stays what the next one is compared with. */
export async function takeDeletion(
  seen: Seen,
  { versionId, storedAt }: ListedVersion,
  ports: LookPorts,
): Promise<Move | undefined> {
  const { object, tracked } = seen;
  const judged = ['inventory-deleted'] as const;
  const updatedAt = updatedAtOf(tracked, storedAt);
  const found = { 'inventory-deleted': { marker: versionId } };
  const moment = { at: storedAt, updatedAt, judged, announced: tracked.announced?.coverage ?? [] };
  const { coverage, findings } = moveCoverage(object, tracked.coverage, found, moment);
  if (findings.length === 0) return undefined;
  if (tracked.announced === undefined) {
    return { ...silentMove({ ...tracked, coverage }), findings, coverage: judged };
  }
  const known = await knownOf(seen, ports);
  const changes = { coverage };
  const move = await moveLedger(known, { after: known.ledger, changes, updatedAt, ending }, ports);
  return { ...move, findings: [...move.findings, ...findings], coverage: judged };
}

const ending = 'it is as approved again';

interface Compared {
  readonly version: ListedVersion;
  readonly digest: string;
  readonly facts: SnapshotFacts;
  readonly changes: readonly Change[];
  readonly signals?: Step['deletionSignals'];
  /** The version before is gone: changes are everything that is there. */
  readonly isGap?: boolean;
}

async function moved(known: Known, ports: LookPorts, compared: Compared): Promise<Move> {
  const { object, tracked, ledger } = known;
  const { version, digest, facts, changes, signals = new Map(), isGap = false } = compared;
  const { storedAt } = version;
  const to = sightingOf(version, facts.captureTime);
  const seen = { ...to, digest, lines: facts.lines, storedAt };
  const updatedAt = updatedAtOf(tracked, storedAt);
  const judging = judgingOf(known, ports);
  const from = { versionId: tracked.seen.versionId, at: tracked.seen.at };
  const step: Step = { from, to, storedAt, deletionSignals: signals };
  const fold = isGap ? relocateLedger : foldChanges;
  const after = changes.length === 0 ? ledger : fold(ledger, changes, { step, judging });
  const watch = moveCoverage(object, tracked.coverage, problems(object, facts, isGap), {
    ...{ at: to.at, updatedAt, announced: tracked.announced?.coverage ?? [] },
    judged: isGap ? [...shown, 'baseline-lost'] : shown,
  });
  const told = { seen, coverage: watch.coverage, ...(isGap && { baseline: to }) };
  const isPackages = object.key.type === applications && changes.length > 0 && !isGap;
  const packageChanges = isPackages
    ? withPackageChange(tracked.packageChanges ?? [], { from: from.at, to: to.at })
    : undefined;
  const next = { ...told, ...(packageChanges && { packageChanges }) };
  const move =
    after === ledger && tracked.announced === undefined
      ? silentMove({ ...tracked, ...next })
      : await moveLedger(known, { after, changes: next, updatedAt, ending }, ports);
  const findings = [...move.findings, ...watch.findings];
  return {
    ...move,
    findings,
    coverage: isGap ? [...shown, 'baseline-lost'] : shown,
    record: recordOf(known, ports, compared, findings.length),
    asks: isPackages ? [{ ...object, key: { ...object.key, type: 'AWS:File' } }] : [],
  };
}

function problems(object: InventoryObject, facts: SnapshotFacts, isGap: boolean) {
  return {
    ...problemsOf(object, facts),
    ...(isGap && { 'baseline-lost': { lines: facts.lines } }),
  };
}

function recordOf(
  { object, tracked }: Known,
  { clock }: LookPorts,
  { version, facts, changes, isGap }: Compared,
  findings: number,
): ComparisonRecord {
  const counted = (kind: string) =>
    isGap ? 0 : changes.filter((change) => kindOf(change) === kind).length;
  return {
    ...{ object, from: tracked.seen.versionId, to: version.versionId, lines: facts.lines },
    ...{ created: counted('created'), modified: counted('modified'), deleted: counted('deleted') },
    ...{ unreadableLines: facts.problemCount, findings, at: clock().toISOString() },
  };
}
