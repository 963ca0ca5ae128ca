import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Played, RecordedCall } from '@riposte/local-stage';
import { NotMeasuredError } from '../errors.ts';
import type { Measurement } from '../result.ts';
import { answerTime } from './answer-time.ts';
import { type Answerers, outboxAppId, restartAppId } from './answerers.ts';
import { callsBeforeRestart } from './before-restart.ts';
import { custodianName } from './custodian-tools.ts';
import type { GuardWorld, StoppedTrail } from './guard-world.ts';

const execute = promisify(execFile);
const riposte = join(import.meta.dirname, '..', '..', '..', 'packages', 'cli', 'src', 'main.ts');
const restoreAppId = 'riposte-restore-trail';

/** AWS calls of one function; the settings are cached for a minute, and counted apart. */
function callsOf(calls: readonly RecordedCall[], appId: string): readonly RecordedCall[] {
  return calls.filter((call) => call.appId === appId && call.operation !== 'GetParameters');
}

/** Exact numbers of calls on the event path, for a trail that is stopped, weakened or deleted in the function's own account. */
export async function countCalls(
  world: GuardWorld,
  answerers: Answerers,
): Promise<readonly Measurement[]> {
  // Both have read by now what they keep for later: settings, and whose account it is.
  for (const answerer of [answerers.custodian, answerers.riposte]) {
    await answerTime(world, answerer, { cold: false });
  }
  await answerTime(world, answerers.custodian, { cold: false });
  const theirs = world.stage.calls().filter(answerers.custodian.isOwn);
  await answerTime(world, answerers.riposte, { cold: false });
  const ours = world.stage.calls();
  const peer = { peer: theirs.length, peerName: custodianName };
  const restart = callsOf(ours, restartAppId).length;
  const outbox = callsOf(ours, outboxAppId).length;
  return [
    { case: 'calls per stopped trail', unit: 'calls', ours: restart + outbox, ...peer, limit: 8 },
    {
      case: 'calls per stopped trail: to restart, prove and record',
      unit: 'calls',
      ours: restart,
      ...peer,
    },
    { case: 'calls per stopped trail: to keep evidence and tell', unit: 'calls', ours: outbox },
    ...callsBeforeRestart(ours.filter(({ appId = '' }) => appId.startsWith('riposte-'))),
    ...(await countRepairs(world, answerers.restoreFunction)),
  ];
}

async function countRepairs(
  world: GuardWorld,
  restoreFunction: string,
): Promise<readonly Measurement[]> {
  const { stage } = world;
  await allowRepairs(world);
  const rows: Measurement[] = [];
  const repairs: Readonly<Record<string, (name: string) => Promise<Played>>> = {
    'calls per restored trail': (name) =>
      stage.play.updateTrail(name, { IncludeGlobalServiceEvents: false }, { deliver: false }),
    'calls per recreated trail': (name) => stage.play.deleteTrail(name, { deliver: false }),
  };
  for (const [title, breakIt] of Object.entries(repairs)) {
    const { name } = await approvedTrail(world);
    const { event } = await breakIt(name);
    stage.clearCalls();
    const done = world.watch.answered(
      title,
      ({ appId, operation }) => appId === outboxAppId && operation === 'PutEvents',
    );
    await Promise.all([done, world.invoke(restoreFunction, event)]);
    const calls = await world.settled();
    requireRepaired(title, calls);
    const restore = callsOf(calls, restoreAppId).length;
    rows.push(
      { case: title, unit: 'calls', ours: restore + callsOf(calls, outboxAppId).length },
      { case: `${title}: to repair, prove and record`, unit: 'calls', ours: restore },
    );
    await world.removeTrail(name);
  }
  return rows;
}

function requireRepaired(title: string, calls: readonly RecordedCall[]): void {
  const repairing = ['UpdateTrail', 'CreateTrail'];
  if (calls.some(({ operation }) => repairing.includes(operation))) return;
  throw new NotMeasuredError(
    `${title}: restore-trail repaired nothing`,
    calls.map(({ service, operation }) => `${service}:${operation}`).join(', '),
  );
}

/** Repairs are not made by default: the settings allow them, as an operator would. */
async function allowRepairs({ stage }: GuardWorld): Promise<void> {
  const modes = { 'trail-weakened': 'enforce', 'trail-deleted': 'enforce' };
  await stage.play.apiCall({
    service: 'ssm',
    operation: 'PutParameter',
    input: {
      Name: '/riposte/local/cloudtrail-guard/settings',
      Value: JSON.stringify({ modes }),
      Overwrite: true,
    },
    deliver: false,
  });
}

/** A trail that logs, and whose settings somebody approved with the project's own command. */
async function approvedTrail(world: GuardWorld): Promise<StoppedTrail> {
  const { stage } = world;
  const trail = await world.stoppedTrail();
  await stage.play.apiCall({
    service: 'cloudtrail',
    operation: 'StartLogging',
    input: { Name: trail.name },
    deliver: false,
  });
  const options = ['--stage', 'local', '--reason', 'benchmark', '--yes'];
  await execute(process.execPath, [riposte, 'trail', 'approve', trail.name, ...options], {
    env: { ...stage.env },
    timeout: 60_000,
  });
  return trail;
}
