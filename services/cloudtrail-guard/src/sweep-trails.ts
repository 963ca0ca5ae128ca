import { isArn, type ResponseMessage } from '@riposte/findings';
import { inLanes } from '@riposte/lambda';
import type { Baseline, TrailId } from '@riposte/remediations/cloudtrail';
import { answerChanged } from './answer-changed.ts';
import { answerStopped } from './answer-stopped.ts';
import { escalateRepeats } from './escalate-repeats.ts';
import { finishClaimed } from './finish-claimed.ts';
import { nothingToUndo } from './incident.ts';
import type { Outcome, RepairPorts } from './ports.ts';
import { type Place, sweptPlaces } from './swept-places.ts';
import { tellOnce } from './tell-once.ts';
import { triggerOfSweep } from './trigger.ts';

/** What the sweep needs. */
export interface SweepPorts extends RepairPorts {
  /** Where this deployment stands: always swept. */
  readonly home: Place;
  /** Further accounts, and Regions besides those that accounts and baselines name. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly alertsTopicArn: string;
  /** Makes one harmless write call, whose event proves that the way of events works. */
  writeCanary(at: Date): Promise<void>;
  confirmedSubscriptions(): Promise<number>;
  /** A way to people that does not need the alerts topic. */
  tellLastResort(message: ResponseMessage): Promise<void>;
  /** Says what could not be done, for the log. */
  warn(what: string, error: unknown): void;
}

/** What a sweep found. */
export interface SweepReport {
  readonly trails: number;
  readonly outcomes: readonly Outcome[];
  /** Parts that failed; the next sweep tries them again. */
  readonly problems: readonly string[];
}

const dayMs = 86_400_000;

/** CloudTrail's limits are those of an account and Region: other places can be swept meanwhile. */
const lanes = 16;

/**
 * Looks at every trail of every account and home Region: the guarantee behind the events. It starts what is stopped, repairs what is weaker than
 * approved, finds what has vanished, carries on what died, and counts repeated stops. No part that fails keeps another from being done.
 */
export function sweepTrails(ports: SweepPorts) {
  return async (): Promise<SweepReport> => {
    const outcomes: Outcome[] = [];
    const problems: string[] = [];
    const part = async (what: string, run: () => Promise<readonly Outcome[]>) => {
      try {
        outcomes.push(...(await run()));
      } catch (error) {
        problems.push(what);
        ports.warn(what, error);
      }
    };
    const now = ports.clock();
    await part('canary', () => ports.writeCanary(now).then(() => []));
    await part('open records', () => finishClaimed(ports));
    const baselines = await ports.baselines.all().catch((error: unknown) => {
      problems.push('baselines');
      ports.warn('baselines', error);
      return [];
    });
    const seen = new Set<string>();
    const failed = (place: string) => (error: unknown) => {
      problems.push(place);
      ports.warn(place, error);
    };
    const places = await sweptPlaces(ports, baselines, failed);
    await inLanes(places, lanes, (place) =>
      part(`trails of ${place.accountId} in ${place.region}`, async () => {
        for (const trail of await ports.trails().homedIn(place)) {
          seen.add(trail.arn);
          const baseline = baselines.find((held) => held.trail.arn === trail.arn);
          await part(trail.arn, () => sweepTrail(trail, baseline, ports));
        }
        for (const { trail } of vanishedFrom(place, baselines, seen)) {
          await part(trail.arn, async () => [
            await answerChanged(trail, triggerOfSweep(now), ports),
          ]);
        }
        return [];
      }),
    );
    await part('subscriptions', () => checkSubscriptions(ports));
    ports.measure({ name: 'SweepHeartbeat', value: 1, unit: 'Count' });
    ports.measure({ name: 'SweepProblems', value: problems.length, unit: 'Count' });
    return { trails: seen.size, outcomes: outcomes.filter(isWorthSaying), problems };
  };
}

function isWorthSaying({ result }: Outcome): boolean {
  return result !== 'nothing';
}

function vanishedFrom(
  { accountId, region }: Place,
  baselines: readonly Baseline[],
  seen: ReadonlySet<string>,
): readonly Baseline[] {
  return baselines.filter(
    ({ trail }) => trail.accountId === accountId && trail.region === region && !seen.has(trail.arn),
  );
}

/** A trail that never logged and that nobody approved is somebody's work in progress. */
async function sweepTrail(
  trail: TrailId,
  baseline: Baseline | undefined,
  ports: SweepPorts,
): Promise<readonly Outcome[]> {
  const now = ports.clock();
  const trigger = triggerOfSweep(now);
  const { isLogging, startedAt, stoppedAt } = await ports.trails().status(trail);
  const isRecent = stoppedAt !== undefined && now.getTime() - Date.parse(stoppedAt) < dayMs;
  const isUnborn = startedAt === undefined && stoppedAt === undefined && baseline === undefined;
  const outcomes: Outcome[] = [];
  if ((!isLogging || isRecent) && !isUnborn) {
    const outcome = await answerStopped(trail, trigger, ports);
    const { incident } = outcome;
    const current = { trigger, ...(incident !== undefined && { incident }) };
    const escalation = await escalateRepeats(trail, current, ports);
    outcomes.push(outcome, ...(escalation ? [escalation] : []));
  }
  if (baseline) outcomes.push(await answerChanged(trail, trigger, ports));
  return outcomes;
}

/** Messages that nobody receives are no messages: said once a day, by another way. */
async function checkSubscriptions(ports: SweepPorts): Promise<readonly Outcome[]> {
  const confirmed = await ports.confirmedSubscriptions();
  ports.measure({ name: 'ConfirmedSubscriptions', value: confirmed, unit: 'Count' });
  if (confirmed > 0 || !isArn(ports.alertsTopicArn)) return [];
  const { accountId, region, partition } = ports.home;
  const trigger = triggerOfSweep(ports.clock());
  const outcome = await tellOnce(
    {
      kind: 'no-subscriber',
      discriminator: trigger.receivedAt.slice(0, 10),
      resource: {
        arn: ports.alertsTopicArn,
        type: 'AWS::SNS::Topic',
        accountId,
        region,
        partition,
      },
      trigger,
      plan: [],
      before: { confirmed },
      reason: 'no subscription of the alerts topic is confirmed',
      undo: nothingToUndo,
    },
    ports,
  );
  const record =
    outcome.incident && outcome.result === 'told'
      ? await ports.records.get(outcome.incident)
      : undefined;
  if (record?.message) await ports.tellLastResort(record.message);
  return [outcome];
}
