import type { ResponseRecord } from '@riposte/findings';
import {
  diffTrail,
  readExistence,
  recreateTrail,
  restartTrail,
  restoreTrail,
  type TrailConfiguration,
  type TrailPorts,
  trailOf,
} from '@riposte/remediations/cloudtrail';
import { readTrailConfiguration } from '../trail/trail-configuration.ts';

/** How one kind of response is taken back. */
export interface UndoAction {
  /** Steps in words, as people confirm them. */
  readonly steps: readonly string[];
  /** What it means when the change is gone: said loudly. */
  readonly consequences: readonly string[];
  /** API operations that it makes, for the record. */
  readonly operations: readonly string[];
  /** Words of the message's subject. */
  readonly done: string;
  /** True where the state that it would bring about is there already. */
  isDone(trails: TrailPorts): Promise<boolean>;
  apply(trails: TrailPorts): Promise<void>;
  verify(trails: TrailPorts): Promise<{ readonly verified: boolean; readonly evidence: string }>;
}

const actions: Readonly<Record<string, (record: ResponseRecord) => UndoAction>> = {
  'trail-stopped': stopAgain,
  'trail-weakened': weakenAgain,
  'trail-deleted': deleteAgain,
};

/** How a record is taken back; undefined where this version does not know how. */
export function undoActionOf(record: ResponseRecord): UndoAction | undefined {
  return Object.hasOwn(actions, record.kind) ? actions[record.kind]?.(record) : undefined;
}

function stopAgain({ resource }: ResponseRecord): UndoAction {
  const trail = trailOf(resource.arn, resource);
  return {
    steps: [`cloudtrail:StopLogging on ${resource.arn}`],
    consequences: [
      `FROM THEN ON THIS TRAIL RECORDS NOTHING: what happens in account ${resource.accountId} leaves no log file in it.`,
      'An attacker who stopped it wants exactly this. Do it only when you know who stopped it, and why.',
    ],
    operations: ['cloudtrail:StopLogging', 'cloudtrail:GetTrailStatus'],
    done: `trail ${trail.name} was stopped again by a person`,
    isDone: async (trails) => !(await trails.status(trail)).isLogging,
    apply: (trails) => restartTrail.undo(trail, { isLogging: false }, trails),
    async verify(trails) {
      const { isLogging, stoppedAt } = await trails.status(trail);
      const since = stoppedAt ? ` since ${stoppedAt}` : '';
      return { verified: !isLogging, evidence: `GetTrailStatus: IsLogging ${isLogging}${since}` };
    },
  };
}

function weakenAgain({ id, resource, before, plan }: ResponseRecord): UndoAction {
  const trail = trailOf(resource.arn, resource);
  const wanted = readTrailConfiguration(before, `the state before response ${id}`);
  const left = async (trails: TrailPorts) => diffTrail(wanted, await trails.read(trail));
  const operations = [...new Set(plan.map(({ operation }) => operation))];
  return {
    steps: plan.map(
      (change) => `${change.operation}: ${change.what} back to ${JSON.stringify(change.before)}`,
    ),
    consequences: [
      `THE TRAIL WILL RECORD LESS THAN ITS APPROVED BASELINE: ${plan.map(({ what }) => what).join(', ')}.`,
      'If the weaker settings are wanted for good, approve them instead: riposte trail approve.',
    ],
    operations: [...operations, 'cloudtrail:GetTrail'],
    done: `weaker settings of trail ${trail.name} were put back by a person`,
    isDone: async (trails) => (await left(trails)).length === 0,
    apply: (trails) => restoreTrail.undo({ trail, approved: wanted }, wanted, trails),
    async verify(trails) {
      const differing = (await left(trails)).map(({ what }) => what).join(', ');
      const evidence = differing
        ? `still differs: ${differing}`
        : 'GetTrail: as before the response';
      return { verified: differing === '', evidence };
    },
  };
}

function deleteAgain({ resource }: ResponseRecord): UndoAction {
  const trail = trailOf(resource.arn, resource);
  const exists = async (trails: TrailPorts) => (await readExistence(trail, trails)).exists;
  return {
    steps: [`cloudtrail:DeleteTrail on ${resource.arn}`],
    consequences: [
      `THE TRAIL WILL BE GONE: what happens in account ${resource.accountId} leaves no log file in it.`,
      'An attacker who deleted it wants exactly this. Its log files in the bucket stay.',
    ],
    operations: ['cloudtrail:DeleteTrail', 'cloudtrail:GetTrail'],
    done: `trail ${trail.name} was deleted again by a person`,
    isDone: async (trails) => !(await exists(trails)),
    apply: (trails) =>
      recreateTrail.undo(
        { trail, approved: noConfiguration(trail.name) },
        { exists: false },
        trails,
      ),
    async verify(trails) {
      const isThere = await exists(trails);
      const evidence = `GetTrail: the trail ${isThere ? 'exists' : 'does not exist'}`;
      return { verified: !isThere, evidence };
    },
  };
}

/** Deleting needs no settings; the remediation's target has them for creating. */
function noConfiguration(name: string): TrailConfiguration {
  return {
    name,
    s3BucketName: '',
    includeGlobalServiceEvents: false,
    isMultiRegionTrail: false,
    isOrganizationTrail: false,
    logFileValidationEnabled: false,
    eventSelectors: [],
    advancedEventSelectors: [],
    insightTypes: [],
    tags: {},
  };
}
