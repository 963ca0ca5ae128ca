import type { ResponseRecord } from '@riposte/findings';
import {
  type Baseline,
  canonical,
  diffTrail,
  type RestoreTarget,
  restoreTrail,
  type TrailConfiguration,
  type TrailDifference,
  type TrailId,
} from '@riposte/remediations/cloudtrail';
import { type Decision, decideMode } from '@riposte/responses';
import { defaultModes } from './kinds.ts';
import type { RepairPorts } from './ports.ts';
import type { Repair } from './repair.ts';
import { switchedWrites } from './switched-writes.ts';
import type { Trigger } from './trigger.ts';

/** A trail whose settings are weaker than approved. */
export interface Weakened {
  readonly trail: TrailId;
  readonly baseline: Baseline;
  readonly current: TrailConfiguration;
}

/** What of a trail is weaker than approved. */
export function weakerThanApproved({ baseline, current }: Weakened): readonly TrailDifference[] {
  return diffTrail(baseline.configuration, current).filter(({ weaker }) => weaker);
}

/**
 * Restoring the approved settings. A change that hides API calls from those who watch them is answered like a stop, and only that part of it
 * where the mode of weakened trails does not allow more.
 */
export async function repairByRestore(
  weakened: Weakened,
  trigger: Trigger,
  ports: RepairPorts,
): Promise<Repair> {
  const { trail, baseline, current } = weakened;
  const weaker = weakerThanApproved(weakened);
  const isBlinded = weaker.some(({ blinding }) => blinding);
  const decisions = await decisionsOn(trail, trigger, ports);
  const decision = isBlinded ? decisions.blinded : decisions.weakened;
  const isPart = isBlinded && decision.mode === 'enforce' && decisions.weakened.mode !== 'enforce';
  const mended = isPart ? weaker.filter(({ blinding }) => blinding) : weaker;
  const left = weaker.filter((difference) => !mended.includes(difference));
  const target = { trail, approved: baseline.configuration, mend: among(mended) };
  return {
    trail,
    decision,
    incident: {
      kind: isBlinded ? 'trail-blinded' : 'trail-weakened',
      discriminator: `v${baseline.version}|${canonical(weaker.map(({ setting, current: now }) => ({ setting, now })))}`,
      plan: restoreTrail.plan(target, current),
      before: current,
      undo: {
        possible: true,
        how: 'brings the settings of before back; approve them first, or exempt the trail',
      },
    },
    note: `${approvedBy(baseline)}${left.length > 0 ? `; also weaker and left so: ${left.map(({ what }) => what).join(', ')}` : ''}`,
    isOrganizationTrail: baseline.configuration.isOrganizationTrail,
    ...restoring(weakened, ports),
  };
}

/** What approved, in words. */
export function approvedBy({ version, approvedBy: who, approvedAt }: Baseline): string {
  return `approved baseline is version ${version} of ${approvedAt} by ${who}`;
}

function restoring(
  { trail, baseline, current }: Weakened,
  ports: RepairPorts,
): Pick<Repair, 'isStillBroken' | 'apply' | 'verify'> {
  const target = (record: ResponseRecord): RestoreTarget => ({
    trail,
    approved: baseline.configuration,
    mend: ({ weaker, what }) => weaker && record.plan.some((change) => change.what === what),
  });
  return {
    async isStillBroken() {
      const now = await ports.trails().read(trail);
      return weakerThanApproved({ trail, baseline, current: now }).length > 0;
    },
    apply: (record) => {
      const trails = switchedWrites(ports.trails(record.id), ports.settings);
      return restoreTrail.apply(target(record), current, trails);
    },
    verify: (record) => restoreTrail.verify(target(record), ports.trails(record.id)),
  };
}

async function decisionsOn(
  trail: TrailId,
  { actor }: Trigger,
  ports: RepairPorts,
): Promise<{ readonly blinded: Decision; readonly weakened: Decision }> {
  const reading = await ports.settings.read();
  const asked = { resourceArn: trail.arn, ...(actor !== undefined && { actor }), failOpen: false };
  const decide = (kind: 'trail-stopped' | 'trail-weakened') =>
    decideMode(reading, { kind, defaultMode: defaultModes[kind], ...asked });
  return { blinded: decide('trail-stopped'), weakened: decide('trail-weakened') };
}

function among(mended: readonly TrailDifference[]) {
  const settings = new Set(mended.map(({ setting }) => setting));
  return ({ setting, weaker }: TrailDifference) => weaker && settings.has(setting);
}
