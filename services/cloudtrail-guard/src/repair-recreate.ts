import {
  type Baseline,
  readExistence,
  recreateTrail,
  type TrailId,
} from '@riposte/remediations/cloudtrail';
import { decideMode } from '@riposte/responses';
import { defaultModes } from './kinds.ts';
import type { RepairPorts } from './ports.ts';
import type { Repair } from './repair.ts';
import { approvedBy } from './repair-restore.ts';
import { switchedWrites } from './switched-writes.ts';
import type { Trigger } from './trigger.ts';

/** Creating a deleted trail again from its approved baseline. */
export async function repairByRecreation(
  trail: TrailId,
  baseline: Baseline,
  { actor }: Trigger,
  ports: RepairPorts,
): Promise<Repair> {
  const target = { trail, approved: baseline.configuration };
  const before = { exists: false };
  const decision = decideMode(await ports.settings.read(), {
    kind: 'trail-deleted',
    defaultMode: defaultModes['trail-deleted'],
    resourceArn: trail.arn,
    ...(actor !== undefined && { actor }),
    failOpen: false,
  });
  return {
    trail,
    decision,
    incident: {
      kind: 'trail-deleted',
      discriminator: `deleted|v${baseline.version}`,
      plan: recreateTrail.plan(target, before),
      before,
      undo: { possible: true, how: 'deletes the trail again; exempt it first' },
    },
    note: approvedBy(baseline),
    isOrganizationTrail: baseline.configuration.isOrganizationTrail,
    isStillBroken: async () => !(await readExistence(trail, ports.trails())).exists,
    apply: (record) =>
      recreateTrail.apply(target, before, switchedWrites(ports.trails(record.id), ports.settings)),
    verify: (record) => recreateTrail.verify(target, ports.trails(record.id)),
  };
}
