import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AccountRegion, Played, RecordedCall, ServiceEvent } from '@riposte/local-stage';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import { StaleRecordError } from '@riposte/responses';
import { eventually } from '../guard/eventually.ts';
import { account, type GuardWorld } from '../guard/guard-world.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { approveAs, enlarge, unreadableRecord } from './state-items.ts';

/** The account that only the member role opens. */
export const member: AccountRegion = { accountId: '333333333333', region: 'us-east-1' };

const quietly = { deliver: false } as const;
const key = (owner: string) => `arn:aws:kms:us-east-1:${owner}:key/trails`;

/** What each function does in all situations that it knows, made to happen on the stage. */
export async function driveFunctions(world: GuardWorld): Promise<void> {
  await world.settings.write({
    modes: { 'trail-weakened': 'enforce', 'trail-deleted': 'enforce' },
  });
  for (const drive of [
    restartTrail,
    restoreTrail,
    answerFinding,
    sweep,
    watchStorage,
    watchSelf,
    checkDelivery,
    outbox,
  ]) {
    await drive(world);
  }
  await world.quiet();
}

/** Trails of both accounts, with everything approved that can be restored. */
async function approvedTrails(world: GuardWorld, name: string): Promise<readonly TrailId[]> {
  const trails: TrailId[] = [];
  for (const place of [{ accountId: account, region: 'us-east-1' }, member]) {
    const trail = await world.trails.startNew(name, { ...place, KmsKeyId: key(place.accountId) });
    const options = { ...place, ...quietly };
    await world.stage.play.putInsightSelectors(name, ['ApiCallRateInsight'], options);
    await approveAs(world, trail, {
      ...(await world.trails.read(trail)),
      cloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${place.accountId}:log-group:trail:*`,
      cloudWatchLogsRoleArn: `arn:aws:iam::${place.accountId}:role/trail-to-logs`,
      tags: { owner: 'security' },
    });
    trails.push(trail);
  }
  return trails;
}

/** Delivers an event at home, whatever account it is of, and waits until it is answered. */
async function atHome({ stage, runs }: GuardWorld, event: ServiceEvent): Promise<void> {
  const { accountId, region } = stage;
  await runs.after(async () => ({
    delivery: await stage.deliver(event, { accountId, region, always: true }),
  }));
}

async function stop({ stage }: GuardWorld, { name, accountId, region }: TrailId): Promise<Played> {
  return stage.play.stopTrail(name, { accountId, region, ...quietly });
}

async function restartTrail(world: GuardWorld): Promise<void> {
  const own = await world.trails.startNew('stopped');
  const theirs = await world.trails.startNew('stopped-there', member);
  // The second stop within ten minutes looks for more.
  await atHome(world, (await stop(world, own)).event);
  const { event } = await stop(world, own);
  await atHome(world, event);
  await againWhenLarge(world, event, own.arn);
  await atHome(world, (await stop(world, theirs)).event);
  const gone = [
    await world.trails.startNew('stopped-gone'),
    await world.trails.startNew('stopped-gone-there', member),
  ];
  for (const trail of gone) {
    const stopped = await stop(world, trail);
    await world.stage.play.deleteTrail(trail.name, { ...placeOf(trail), ...quietly });
    await atHome(world, stopped.event);
  }
  await world.runs.invoke('restart-trail', {});
}

/** The same event again, whose record has become too large for one item: what lies beside it is read too. */
async function againWhenLarge(
  world: GuardWorld,
  event: ServiceEvent,
  resource: string,
): Promise<void> {
  await eventually(`a large record on ${resource}`, async () => {
    const record = (await world.recordsOn(resource)).at(-1);
    if (!record) throw new RangeError(`nothing is recorded on ${resource}`);
    try {
      await enlarge(world, record);
      return true;
    } catch (error) {
      // The check of its deliveries was faster: it is read again.
      if (error instanceof StaleRecordError) return undefined;
      throw error;
    }
  });
  await atHome(world, event);
}

function placeOf({ accountId, region }: TrailId): AccountRegion {
  return { accountId, region };
}

/** Everything about a trail that can be weaker than approved, one after the other. */
async function weaken({ stage }: GuardWorld, trail: TrailId): Promise<readonly Played[]> {
  const options = { ...placeOf(trail), ...quietly };
  const blind = { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] };
  return [
    await stage.play.updateTrail(
      trail.name,
      {
        EnableLogFileValidation: false,
        CloudWatchLogsLogGroupArn: '',
        CloudWatchLogsRoleArn: '',
      },
      options,
    ),
    await stage.play.putInsightSelectors(trail.name, [], options),
    await stage.play.putEventSelectors(trail.name, blind, options),
  ];
}

async function restoreTrail(world: GuardWorld): Promise<void> {
  for (const trail of await approvedTrails(world, 'weakened')) {
    const [change] = await weaken(world, trail);
    if (change) await atHome(world, change.event);
    const deleted = await world.stage.play.deleteTrail(trail.name, {
      ...placeOf(trail),
      ...quietly,
    });
    await atHome(world, deleted.event);
  }
  await world.runs.invoke('restore-trail', {});
}

async function answerFinding(world: GuardWorld): Promise<void> {
  const { stage, trails, runs } = world;
  const stopped = await trails.startNew('found');
  await stop(world, stopped);
  for (const form of ['asff', 'ocsf'] as const) {
    await runs.after(() => stage.play.loggingDisabledFinding(form, { trails: [stopped.arn] }));
  }
  for (const trail of await approvedTrails(world, 'found-gone')) {
    await stage.play.deleteTrail(trail.name, { ...placeOf(trail), ...quietly });
    const finding = { trails: [trail.arn], ...placeOf(trail) };
    const { event } = await runs.after(() =>
      stage.play.loggingDisabledFinding('guardduty', finding),
    );
    if (trail.accountId !== account) await atHome(world, event);
  }
  await runs.invoke('answer-finding', {});
}

async function sweep(world: GuardWorld): Promise<void> {
  const { stage, names, runs } = world;
  const swept = await approvedTrails(world, 'swept');
  const vanished = await approvedTrails(world, 'vanished');
  for (const trail of swept) {
    await weaken(world, trail);
    await stop(world, trail);
  }
  for (const trail of vanished) {
    await stage.play.deleteTrail(trail.name, { ...placeOf(trail), ...quietly });
  }
  await stage.unsubscribe(names.AlertsTopicArn);
  await runs.invoke('sweep', {});
}

async function watchStorage(world: GuardWorld): Promise<void> {
  const { stage, runs } = world;
  const { event } = await stage.play.deleteBucketPolicy('trail-logs', quietly);
  await atHome(world, event);
  await againWhenLarge(world, event, 'arn:aws:s3:::trail-logs');
  await runs.invoke('watch-storage', {});
}

async function watchSelf(world: GuardWorld): Promise<void> {
  const { stage, runs } = world;
  const RoleName = 'riposte-cloudtrail-guard-local-sweep-use1';
  const { event } = await stage.play.apiCall({
    ...{ service: 'iam', operation: 'UpdateRole', input: { RoleName, Description: 'changed' } },
    ...quietly,
  });
  await atHome(world, event);
  await againWhenLarge(world, event, `arn:aws:iam:us-east-1:${account}:${RoleName}`);
  await runs.invoke('watch-self', {});
}

/** Restarts of both accounts are checked by themselves; what nobody can read is sent besides. */
async function checkDelivery(world: GuardWorld): Promise<void> {
  const { stage } = world;
  const client = new SQSClient(lookSettings(stage));
  const QueueUrl = `${stage.endpoint}/${account}/riposte-cloudtrail-guard-local-delivery-checks`;
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
  client.destroy();
  await called(world, 'riposte-check-delivery', 'AssumeRole');
  await called(world, 'riposte-check-delivery', 'SendMessage');
}

/** A channel that fails once is tried again, and the others are not asked twice. */
async function outbox(world: GuardWorld): Promise<void> {
  const remove = world.stage.faults.add({
    appId: 'riposte-outbox',
    service: 'sns',
    effect: 'deny',
    count: 1,
  });
  const trail = await world.trails.startNew('untold');
  await atHome(world, (await stop(world, trail)).event);
  await unreadableRecord(world);
  await called(world, 'riposte-outbox', 'UpdateItem');
  await called(world, 'riposte-outbox', 'SendMessage');
  remove();
}

/** Waits for a call of a function that nobody invokes directly. */
async function called({ stage }: GuardWorld, appId: string, operation: string): Promise<void> {
  await eventually(`${operation} by ${appId}`, async () => {
    const isIt = (call: RecordedCall) => call.appId === appId && call.operation === operation;
    return stage.calls().some(isIt) || undefined;
  });
}
