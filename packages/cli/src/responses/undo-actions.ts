import type { ResponseRecord } from '@riposte/findings';
import {
  type RestoreTarget,
  readBaseline,
  readExistence,
  restartTrail,
  restoreTrail,
  type TrailConfiguration,
  type TrailPorts,
  trailOf,
} from '@riposte/remediations/cloudtrail';
import type { UndoAction } from './undo-action.ts';
import { tagsAgain } from './undo-tags.ts';

const actions: Readonly<Record<string, (record: ResponseRecord) => UndoAction>> = {
  'trail-stopped': stopAgain,
  'trail-blinded': weakenAgain,
  'trail-weakened': weakenAgain,
  'trail-deleted': deleteAgain,
  'resource-tagged': tagsAgain,
};

/** How a record is taken back; undefined where this version does not know how. */
export function undoActionOf(record: ResponseRecord): UndoAction | undefined {
  return Object.hasOwn(actions, record.kind) ? actions[record.kind]?.(record) : undefined;
}

function stopAgain({ resource }: ResponseRecord): UndoAction {
  const trail = trailOf(resource.arn, resource);
  return {
    async plan({ trails }) {
      const { isLogging } = await trails.status(trail);
      return isLogging ? [`cloudtrail:StopLogging on ${resource.arn}`] : [];
    },
    consequences: [
      `FROM THEN ON THIS TRAIL RECORDS NOTHING: what happens in account ${resource.accountId} leaves no log file in it.`,
      'An attacker who stopped it wants exactly this. Do it only when you know who stopped it, and why.',
    ],
    operations: ['cloudtrail:StopLogging', 'cloudtrail:GetTrailStatus'],
    done: `trail ${trail.name} was stopped again by a person`,
    apply: ({ trails }) => restartTrail.undo(trail, { isLogging: false }, trails),
    async verify({ trails }) {
      const { isLogging, stoppedAt } = await trails.status(trail);
      const since = stoppedAt ? ` since ${stoppedAt}` : '';
      return { verified: !isLogging, evidence: `GetTrailStatus: IsLogging ${isLogging}${since}` };
    },
  };
}

/** Only what the response changed is changed back; what others changed since stays. */
function weakenAgain(record: ResponseRecord): UndoAction {
  const trail = trailOf(record.resource.arn, record.resource);
  const changed = record.plan.map(({ what }) => what);
  const target: RestoreTarget = {
    trail,
    approved: configurationBefore(record),
    mend: ({ what }) => changed.includes(what),
  };
  return {
    async plan({ trails }) {
      const changes = restoreTrail.plan(target, await trails.read(trail));
      return changes.map(
        ({ operation, what, before, after }) =>
          `${operation}: ${what}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
      );
    },
    consequences: [
      `THE TRAIL WILL RECORD LESS THAN ITS APPROVED BASELINE: ${changed.join(', ')}.`,
      'If the weaker settings are wanted for good, approve them too: riposte trail approve.',
    ],
    operations: [...new Set(record.plan.map(({ operation }) => operation)), 'cloudtrail:GetTrail'],
    done: `weaker settings of trail ${trail.name} were put back by a person`,
    apply: async ({ trails }) => restoreTrail.apply(target, await trails.read(trail), trails),
    async verify({ trails }) {
      const { verified, evidence } = await restoreTrail.verify(target, trails);
      return { verified, evidence: verified ? 'GetTrail: as before the response' : evidence };
    },
  };
}

/** The state before is stored like a baseline's configuration, and is checked like one. */
function configurationBefore({ before, resource, times }: ResponseRecord): TrailConfiguration {
  const trail = trailOf(resource.arn, resource);
  const as = { version: 1, trail, approvedBy: '', approvedAt: times.claimed, reason: '' };
  return readBaseline({ ...as, configuration: before }).configuration;
}

function deleteAgain({ resource }: ResponseRecord): UndoAction {
  const trail = trailOf(resource.arn, resource);
  const exists = async (trails: TrailPorts) => (await readExistence(trail, trails)).exists;
  return {
    plan: async ({ trails }) =>
      (await exists(trails)) ? [`cloudtrail:DeleteTrail on ${resource.arn}`] : [],
    consequences: [
      `THE TRAIL WILL BE GONE: what happens in account ${resource.accountId} leaves no log file in it.`,
      'An attacker who deleted it wants exactly this. Its log files in the bucket stay.',
    ],
    operations: ['cloudtrail:DeleteTrail', 'cloudtrail:GetTrail'],
    done: `trail ${trail.name} was deleted again by a person`,
    apply: ({ trails }) => trails.remove(trail),
    async verify({ trails }) {
      const isThere = await exists(trails);
      const evidence = `GetTrail: the trail ${isThere ? 'exists' : 'does not exist'}`;
      return { verified: !isThere, evidence };
    },
  };
}
