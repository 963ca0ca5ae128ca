import type { AsffFinding } from '@riposte/findings';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { ownFindingId } from './finding-ids.ts';
import type { FindingScene } from './finding-scene.ts';
import { manyFinding } from './many-finding.ts';
import { ownFinding } from './own-finding.ts';

/** What Security Hub is told about a move from one ledger to the next. */
export interface ChangeFindings {
  /** Each finding at most once, by id. */
  readonly findings: readonly AsffFinding[];
  /** Ids of those that were active before and speak of something that has changed again: where somebody has resolved one, it is open again. */
  readonly changedAgain: readonly string[];
}

/**
 * Findings for whatever differs between two ledgers, as the second has it: active where it has members that nobody has excepted, else
 * archived. Of entries that are the same objects in both, nothing is said.
 */
export function changeFindings(before: Ledger, after: Ledger, scene: FindingScene): ChangeFindings {
  const touched = touchedIds(before, after);
  const was = membersOf(before, touched);
  const is = membersOf(after, touched);
  const findings: AsffFinding[] = [];
  const changedAgain: string[] = [];
  for (const id of [...touched].sort()) {
    const active = (is.get(id) ?? []).filter(({ exception }) => !exception);
    const known = was.get(id) ?? is.get(id) ?? [];
    const [first, ...more] = active.length > 0 ? active : known;
    if (!first) continue;
    findings.push(findingOf([first, ...more], scene, active.length > 0 ? 'ACTIVE' : 'ARCHIVED'));
    if (active.some((entry) => hasChangedAgain(before.get(entry.identity), entry))) {
      changedAgain.push(id);
    }
  }
  return { findings, changedAgain };
}

function hasChangedAgain(before: LedgerEntry | undefined, after: LedgerEntry): boolean {
  return before?.findingId === after.findingId && (before?.changes ?? 0) < after.changes;
}

function findingOf(
  members: readonly [LedgerEntry, ...LedgerEntry[]],
  scene: FindingScene,
  recordState: 'ACTIVE' | 'ARCHIVED',
): AsffFinding {
  const [first] = members;
  return first.findingId === ownFindingId(scene.place, first.identity)
    ? ownFinding(first, scene, recordState)
    : manyFinding(members, scene, recordState);
}

function touchedIds(before: Ledger, after: Ledger): ReadonlySet<string> {
  const ids = new Set<string>();
  const add = (entry: LedgerEntry | undefined) => {
    if (entry?.findingId !== undefined) ids.add(entry.findingId);
  };
  for (const [identity, entry] of after) {
    const old = before.get(identity);
    if (old === entry) continue;
    add(old);
    add(entry);
  }
  for (const [identity, entry] of before) if (!after.has(identity)) add(entry);
  return ids;
}

/** Entries of the findings, by identity: the same whatever the order in which they came into the ledger. */
function membersOf(
  ledger: Ledger,
  ids: ReadonlySet<string>,
): ReadonlyMap<string, readonly LedgerEntry[]> {
  const members = new Map<string, LedgerEntry[]>();
  for (const entry of ledger.values()) {
    const { findingId } = entry;
    if (findingId === undefined || !ids.has(findingId)) continue;
    const others = members.get(findingId);
    if (others) others.push(entry);
    else members.set(findingId, [entry]);
  }
  for (const entries of members.values()) {
    entries.sort((one, other) => (one.identity < other.identity ? -1 : 1));
  }
  return members;
}
