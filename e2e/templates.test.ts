import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Arrow, faultsOf } from './templates/arrow.ts';
import { closedDoors } from './templates/closed-doors.ts';
import { addresses, type Deployed, deployedWorld } from './templates/deployed-world.ts';
import { findArrows } from './templates/find-arrows.ts';
import { houseRules } from './templates/house-rules.ts';
import { textsAt, valueAt } from './templates/json.ts';
import { arrowsThrough, grantsOf, keyOf, without, withValue } from './templates/mutate-world.ts';
import type { Location } from './templates/policies.ts';
import { labelOf, placedAt, placedResources, type World } from './templates/stack.ts';
import { foreignTexts, overLimits } from './templates/template-limits.ts';

jest.setTimeout(120_000);

const home = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };
const member = { partition: 'aws', region: 'us-east-1', accountId: '444455556666' };

let deployed: Deployed;
let world: World;
let arrows: readonly Arrow[];

beforeAll(async () => {
  deployed = await deployedWorld({ stage: 'dev', home, member });
  world = deployed.world;
  arrows = findArrows(world);
});

const nameOf = ({ kind, from, to }: Arrow) => `${kind}: ${from} -> ${to}`;
const brokenIn = (changed: World) =>
  findArrows(changed)
    .filter((arrow) => faultsOf(arrow).length > 0)
    .map(nameOf)
    .sort();

describe('every arrow of the packaged templates', () => {
  it('is allowed on both sides, and for nobody else', () => {
    expect(arrows.flatMap(faultsOf)).toEqual([]);
  });

  it('is one of these kinds', () => {
    expect([...new Set(arrows.map(({ kind }) => kind))].sort()).toEqual([
      'alarm to topic',
      'bucket to access logs',
      'function to bucket',
      'function to destination',
      'function to eventbus',
      'function to its queue',
      'function to log group',
      'function to member role',
      'function to queue',
      'function to role',
      'function to table',
      'function to the queue it reads',
      'function to topic',
      'mapping to destination',
      'queue to dead-letter queue',
      'queue to function',
      'rule to bus',
      'rule to dead-letter queue',
      'rule to function',
      'rule to queue',
      'sync to bucket',
      'table to function',
    ]);
  });

  it('is missed when what allows it is removed, and no other arrow is', () => {
    const grants = grantsOf(arrows);
    expect(grants.length).toBeGreaterThan(60);
    for (const at of grants) {
      const expected = arrowsThrough(arrows, at).map(nameOf).sort();
      expect([keyOf(at), brokenIn(without(world, at))]).toEqual([keyOf(at), expected]);
    }
  });

  it('has nothing to spare: each is missed by some removal', () => {
    const missed = new Set(grantsOf(arrows).flatMap((at) => arrowsThrough(arrows, at).map(nameOf)));
    const known = arrows.filter(({ permits }) => permits.some(({ given }) => !given)).map(nameOf);
    expect(known.filter((name) => !missed.has(name))).toEqual([]);
  });

  it('is missed alone when its rule alone is taken from a list of senders', () => {
    const lists = sourceLists(world);
    expect(lists.length).toBeGreaterThan(15);
    for (const { at, arn } of lists) {
      const rule = placedAt(world, arn);
      const broken = brokenIn(without(world, at));
      expect(broken).toEqual([expect.stringContaining(rule ? labelOf(rule) : arn)]);
    }
  });

  it('is missed where a queue that a function reads has no redrive', () => {
    const at: Location = {
      stack: 'cloudtrail-guard',
      resource: 'DeliveryChecks',
      path: ['RedrivePolicy'],
    };
    expect(brokenIn(without(world, at))).toEqual([
      'queue to dead-letter queue: cloudtrail-guard/DeliveryChecks -> nowhere',
    ]);
  });

  it('does not reach the bus for a sender whose name is taken from those that may speak', () => {
    const at = statementAt('EventBus', ['Policy'], 'OnlyRiposteSpeaks');
    const names = { ...at, path: [...at.path, 'Condition', 'ArnNotLike', 'aws:PrincipalArn', 0] };
    expect(brokenIn(without(world, names))).toEqual([
      'function to eventbus: foundation/OutboxLambdaFunction -> foundation/EventBus',
    ]);
  });

  it.each([
    ['AlertsTopicPolicy', ['PolicyDocument']],
    ['AlertsKey', ['KeyPolicy']],
  ])('is told when %s lets alarms of other accounts in', (id, path) => {
    const at = statementAt(id, path, 'Alarms');
    const open = without(world, { ...at, path: [...at.path, 'Condition'] });
    const told = findArrows(open).flatMap(faultsOf);
    expect(told).toContainEqual(
      expect.stringMatching(
        /OutboxDlqAlarm -> foundation\/AlertsTopic: .* is open to other accounts/,
      ),
    );
    expect(told.every((text) => text.includes('open to other accounts'))).toBe(true);
  });
});

describe('addresses of rules that parameters give', () => {
  it('are in the environment of every function of the router, beside what it sets itself', () => {
    const functions = placedResources(world, 'AWS::Lambda::Function').filter(
      ({ stack }) => stack.name === 'finding-router',
    );
    expect(functions.length).toBeGreaterThan(10);
    for (const { resource } of functions)
      expect(valueAt(resource.properties, 'Environment', 'Variables')).toMatchObject({
        SERVICENOW_URL: addresses.servicenowUrl,
        RIPOSTE_STAGE: 'dev',
        ALERTS_TOPIC_ARN: expect.stringContaining('arn:aws:sns:'),
      });
  });
});

/** Every rule in a list of rules that a queue accepts messages from. */
function sourceLists(of: World): readonly { readonly at: Location; readonly arn: string }[] {
  return placedResources(of, 'AWS::SQS::QueuePolicy').flatMap(({ stack, resource }) => {
    const path = ['PolicyDocument', 'Statement', 0, 'Condition', 'ArnEquals', 'aws:SourceArn'];
    if (!Array.isArray(valueAt(resource.properties, ...path))) return [];
    return textsAt(resource.properties, ...path).map((arn, index) => ({
      at: { stack: stack.name, resource: resource.id, path: [...path, index] },
      arn,
    }));
  });
}

function statementAt(id: string, path: readonly string[], sid: string): Location {
  const { name: stack = '', resources } = world.find((one) => id in one.resources) ?? {};
  const statements = valueAt(resources?.[id]?.properties, ...path, 'Statement');
  const index = Array.isArray(statements) ? statements.findIndex(({ Sid }) => Sid === sid) : -1;
  if (index < 0) throw new RangeError(`${id} has no statement ${sid}`);
  return { stack, resource: id, path: [...path, 'Statement', index] };
}

describe('policies that deny', () => {
  it('keep every door closed', () => {
    const doors = closedDoors(world);
    expect(doors.filter(({ isClosed }) => !isClosed)).toEqual([]);
    expect(doors).toHaveLength(23);
  });

  it.each([
    ['EventBus', ['Policy'], 'OnlyRiposteSpeaks', 1],
    ['AlertsTopicPolicy', ['PolicyDocument'], 'EncryptedInTransit', 1],
    ['LastResortTopicPolicy', ['PolicyDocument'], 'EncryptedInTransit', 1],
    ['EvidenceBucketPolicy', ['PolicyDocument'], 'EncryptedInTransit', 2],
    ['EvidenceBucketPolicy', ['PolicyDocument'], 'WrittenOnce', 1],
    ['EvidenceBucketPolicy', ['PolicyDocument'], 'RetentionStays', 5],
    ['EvidenceBucketPolicy', ['PolicyDocument'], 'LockStays', 4],
    ['StateKey', ['KeyPolicy'], 'NeverLost', 2],
    ['FeedsBucketPolicy', ['PolicyDocument'], 'EncryptedInTransit', 2],
    ['InventoryBucketPolicy', ['PolicyDocument'], 'EncryptedInTransit', 2],
    ['AccessLogBucketPolicy', ['PolicyDocument'], 'EncryptedInTransit', 2],
  ])('are missed when removed: %s %p %s', (id, path, sid, opened) => {
    const doors = closedDoors(without(world, statementAt(id, path, sid)));
    expect(doors.filter(({ isClosed }) => !isClosed)).toHaveLength(opened);
  });
});

describe('rules of the house', () => {
  it.each(houseRules)('$title', ({ faults }) => {
    expect(faults({ world })).toEqual([]);
  });

  const guard = 'cloudtrail-guard';
  const rule = 'Ripostecloudtrailguarddevrestarttrailrule1EventBridgeRule';
  const role = 'RestartDashtrailIamRoleLambdaExecution';
  const sweeper = 'SweepIamRoleLambdaExecution';
  const statements = ['Policies', 0, 'PolicyDocument', 'Statement'];
  const statement = [...statements, 4];
  const passing = [...statements, 7];
  const planted: readonly (readonly [string, string, (string | number)[], unknown, string])[] = [
    ['no two functions share a role', 'SweepLambdaFunction', ['Role'], 'RESTART', 'restart-trail'],
    ['roles name actions', role, [...statement, 'Action'], ['cloudtrail:*'], 'cloudtrail:*'],
    ['roles name actions', role, [...statement, 'Resource'], '*', 'dynamodb:Query'],
    ['functions name', role, [...statement, 'Resource'], 'arn:aws:dynamodb:::a*', 'on arn:aws:'],
    ['functions name', sweeper, [...passing, 'Condition'], undefined, 'iam:PassRole on arn:'],
    ['functions name', sweeper, [...passing, 'Condition'], {}, 'iam:PassRole on arn:'],
    ['every function has', 'RestartDashtrailLogGroup', ['RetentionInDays'], undefined, 'LogGroup'],
    ['every function has', 'RestartDashtrailLogGroup', [], undefined, 'Lambda'],
    ['dead-letter queues', 'SweepDlq', ['MessageRetentionPeriod'], 345_600, 'SweepDlq'],
    ['somebody hears', 'SweepDlqAlarm', [], undefined, 'SweepDlq'],
    ['somebody hears', 'SweepDlqAlarm', ['AlarmActions'], [], 'SweepDlq'],
    ['somebody hears', 'SweepDlqAlarm', ['MetricName'], 'NumberOfMessagesSent', 'SweepDlq'],
    ['rules try again', rule, ['Targets', 0, 'RetryPolicy'], undefined, rule],
    ['rules try again', rule, ['Targets', 0, 'DeadLetterConfig'], undefined, rule],
    ['functions that are', 'SweepLambdaEvConf', [], undefined, 'SweepLambdaFunction'],
    ['a queue, topic', 'SweepDlqFromRules', ['Queues', 1], 'WATCHSELF', 'watch-self-dlq'],
  ];

  it.each(planted)('%s: notices %s%p as %p', (title, resource, path, value, told) => {
    const at: Location = { stack: guard, resource, path };
    const resources = world.find(({ name }) => name === guard)?.resources;
    const refs: Readonly<Record<string, string | undefined>> = {
      RESTART: resources?.[role]?.arn,
      WATCHSELF: resources?.WatchSelfDlq?.ref,
    };
    const planting = typeof value === 'string' ? (refs[value] ?? value) : value;
    const changed = value === undefined ? without(world, at) : withValue(world, at, planting);
    const faults = houseRules
      .map((one) => [one.title, one.faults({ world: changed })] as const)
      .filter(([, found]) => found.length > 0);
    expect(faults).toEqual([[expect.stringContaining(title), [expect.stringContaining(told)]]]);
  });

  it.each(['StateKey', 'StateTable', 'EvidenceBucket', 'EvidenceBucketPolicy'])(
    'keys, tables and buckets outlive their stack: notices %s that does not',
    (id) => {
      const title = 'keys, tables and buckets outlive their stack';
      for (const policy of ['deletionPolicy', 'updateReplacePolicy'] as const) {
        const changed = structuredClone(world);
        const resources = changed[0]?.resources ?? {};
        const resource = resources[id];
        if (resource) resources[id] = { ...resource, [policy]: 'Delete' };
        const found = houseRules.find((one) => one.title === title)?.faults({ world: changed });
        expect(found).toEqual([`foundation/${id}`]);
      }
    },
  );
});

describe('names that others build on', () => {
  it('are exported', () => {
    const { exports = {} } = world[0] ?? {};
    const names = [
      'AlertsTopicArn',
      'StateTableName',
      'EvidenceBucketName',
      'EventBusName',
      'KeyArn',
    ];
    expect(Object.keys(exports)).toEqual(
      expect.arrayContaining(names.map((name) => `riposte-dev-${name}`)),
    );
    expect(placedAt(world, exports['riposte-dev-AlertsTopicArn'] ?? '')?.resource.id).toBe(
      'AlertsTopic',
    );
    expect(placedAt(world, exports['riposte-dev-KeyArn'] ?? '')?.resource.id).toBe('StateKey');
  });

  it('are those of queues and of the switch', () => {
    const queues = placedResources(world, 'AWS::SQS::Queue')
      .filter(({ resource, stack }) => /Dlq$/.test(resource.id) && stack.name !== 'forwarder')
      .map(({ resource, stack }) => [stack.name, resource.arn.split(':').at(-1)]);
    expect(queues.length).toBeGreaterThan(7);
    for (const [stack, name] of queues) {
      expect(name).toMatch(new RegExp(`^riposte-${stack}-dev-[a-z-]+-dlq$`));
    }
    const parameters = placedResources(world, 'AWS::SSM::Parameter').map(
      ({ resource }) => resource.ref,
    );
    expect(parameters).toContain('/riposte/dev/kill-switch');
  });
});

const { shortRegion }: { shortRegion(region: string): string } = createRequire(import.meta.url)(
  '../packages/serverless-plugin/src/house-defaults.cjs',
);

/** Regions with the longest names, whole and in short. */
const longRegions = ['ap-southeast-7', 'cn-northwest-1', 'eusc-de-east-1', 'us-isof-south-1'];

/** Roles are global, so that their names end with a Region: what they would be elsewhere. */
function namesInEveryRegion(role: string, here: readonly string[]): readonly string[] {
  const ending = here
    .flatMap((region) => [region, shortRegion(region)])
    .find((end) => role.endsWith(`-${end}`));
  if (ending === undefined) return [role];
  const isShort = !here.includes(ending);
  const stem = role.slice(0, -ending.length);
  return longRegions.map((region) => stem + (isShort ? shortRegion(region) : region));
}

describe('the templates of every partition', () => {
  it('name no partition by hand', () => {
    expect(JSON.stringify(deployed.templates)).not.toMatch(/arn:aws/);
  });

  it('stay within the limits of AWS', () => {
    expect(overLimits(deployed)).toEqual([]);
  });

  it.each([
    ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
  ])('work in %s, with a stage of ten characters', async (partition, region, other) => {
    const there = await deployedWorld({
      stage: 'stage-1234',
      home: { partition, region, accountId: '111122223333' },
      member: { partition, region: other, accountId: '444455556666' },
    });
    expect(foreignTexts(there)).toEqual([]);
    expect(findArrows(there.world).flatMap(faultsOf)).toEqual([]);
    expect(houseRules.flatMap(({ faults }) => faults(there))).toEqual([]);
    expect(overLimits(there)).toEqual([]);
    const roles = placedResources(there.world, 'AWS::IAM::Role').map(
      ({ resource }) => resource.ref,
    );
    expect(roles.length).toBeGreaterThan(8);
    for (const name of roles.flatMap((role) => namesInEveryRegion(role, [region, other]))) {
      expect([name, name.length <= 64]).toEqual([name, true]);
    }
  });

  it('notices a text of another partition, Region or domain', () => {
    const texts = [
      'arn:aws-cn:sns:eu-west-1:111122223333:a',
      'arn:aws:sns:eu-west-2:111122223333:a',
      'sns.eu-west-1.amazonaws.com.cn',
    ];
    for (const text of texts) {
      const at: Location = { stack: 'foundation', resource: 'AlertsTopic', path: ['DisplayName'] };
      expect(foreignTexts({ world: withValue(world, at, text) })).toEqual([
        `foundation/AlertsTopic: ${text}`,
      ]);
    }
  });
});
