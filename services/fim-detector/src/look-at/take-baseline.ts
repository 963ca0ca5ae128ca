import {
  baselineFinding,
  inventoryType,
  readSnapshot,
  sightingOf,
  snapshotDigest,
  type TrackedInventory,
} from '@riposte/inventory';
import type { InventoryObject, ListedVersion } from '../ports.ts';
import { moveCoverage, problemsOf } from './coverage-of.ts';
import { type LookPorts, type Move, silentMove, updatedAtOf } from './looking.ts';
import { openVersion } from './open-version.ts';

/** The first inventory that is seen of a node: what all later ones are compared with, and what nobody has approved yet. */
export async function takeBaseline(
  object: InventoryObject,
  version: ListedVersion,
  { inventories, rules, clock }: LookPorts,
): Promise<Move> {
  const source = await openVersion(inventories, object, version);
  const facts = await readSnapshot(source, inventoryType(object.key.type));
  const { versionId, storedAt } = version;
  const sighting = sightingOf(version, facts.captureTime);
  const updatedAt = updatedAtOf(undefined, storedAt);
  const { coverage, findings } = moveCoverage(object, {}, problemsOf(object, facts), {
    at: sighting.at,
    updatedAt,
  });
  const next: TrackedInventory = {
    ...object,
    revision: 0,
    seen: { ...sighting, digest: await snapshotDigest(source), lines: facts.lines, storedAt },
    baseline: sighting,
    reportedAt: updatedAt,
    rules: rules.digest,
    coverage,
  };
  const told = { place: object, baseline: sighting, createdAt: storedAt, updatedAt };
  return {
    ...silentMove(next),
    findings: [baselineFinding(told), ...findings],
    record: {
      ...{ object, to: versionId, lines: facts.lines, created: 0, modified: 0, deleted: 0 },
      unreadableLines: facts.problemCount,
      findings: findings.length + 1,
      at: clock().toISOString(),
    },
  };
}
