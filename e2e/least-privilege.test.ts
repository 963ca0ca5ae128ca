import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RecordedCall } from '@riposte/local-stage';
import { type GuardWorld, openGuardWorld } from './guard/guard-world.ts';
import { deployMemberRole } from './guard/member-place.ts';
import { simulator } from './least-privilege/allowed-by-policy.ts';
import { comparePrivileges } from './least-privilege/compare-privileges.ts';
import {
  deployedFunctions,
  type Grant,
  type Grantee,
  roleGrants,
} from './least-privilege/deployed-role.ts';
import { driveFunctions, member } from './least-privilege/drive-functions.ts';
import { type Need, needsOf } from './least-privilege/needs.ts';

jest.setTimeout(180_000);

const memberRole = 'riposte-member-local';
const names = [
  'answer-finding',
  'check-delivery',
  'outbox',
  'restart-trail',
  'restore-trail',
  'sweep',
  'watch-self',
  'watch-storage',
];

/** What people do with the member role, by the `riposte` command: undoing a restore takes tags away that were not there before. */
const byPeople = [
  { action: 'cloudtrail:RemoveTags', resource: `arn:aws:cloudtrail:*:${member.accountId}:trail/*` },
];

let world: GuardWorld;
let simulation: ReturnType<typeof simulator>;
let grantees: ReadonlyMap<string, Grantee>;
let calls: readonly RecordedCall[];

beforeAll(async () => {
  world = await openGuardWorld({
    params: { deliveryCheckSeconds: '0', sweepAccounts: member.accountId },
  });
  await deployMemberRole(world.stage, member);
  await driveFunctions(world);
  simulation = simulator(world.stage);
  calls = world.stage.calls().filter(({ appId }) => appId?.startsWith('riposte-'));
  const grants = await roleGrants(world.stage, memberRole, member);
  const all = [
    ...(await deployedFunctions(world.stage)),
    { name: memberRole, grants, onBehalf: byPeople },
  ];
  grantees = new Map(all.map((one) => [one.name, one]));
});

afterAll(async () => {
  simulation?.close();
  await world?.stop();
});

function granteeNamed(name: string): Grantee {
  const found = grantees.get(name);
  if (!found) throw new RangeError(`${name} is not deployed`);
  return found;
}

/** What a function's calls need, with its own role; calls in other accounts are made with the member role. */
function needsBy(name: string): readonly Need[] {
  const isOurs = ({ appId, roleArn }: RecordedCall) =>
    name === memberRole
      ? roleArn?.endsWith(`/${memberRole}`)
      : appId === `riposte-${name}` && roleArn === undefined;
  const needs = calls.filter(isOurs).flatMap(needsOf);
  return [...new Map(needs.map((need) => [`${need.action} ${need.resource}`, need])).values()];
}

/** What is wrong when a role allows this instead. */
function problemsWith(name: string, grants: readonly Grant[]): Promise<readonly string[]> {
  return comparePrivileges({ ...granteeNamed(name), grants }, needsBy(name), simulation.allows);
}

describe('every function that is deployed', () => {
  it('is looked at', () => {
    expect([...grantees.keys()].sort()).toEqual([...names, memberRole].sort());
  });

  it('calls nothing that nobody has thought about', () => {
    expect(calls.length).toBeGreaterThan(200);
    expect(() => calls.flatMap(needsOf)).not.toThrow();
    const [call] = calls;
    const unknown = { ...call, service: 'ec2', operation: 'TerminateInstances' };
    expect(() => needsOf(Object.assign({}, call, unknown))).toThrow('ec2:TerminateInstances');
  });
});

describe.each([...names, memberRole])('the role of %s', (name) => {
  it('allows what is done with it, and nothing else', async () => {
    expect(await problemsWith(name, granteeNamed(name).grants)).toEqual([]);
  });

  it('is missed a permission that is taken away, whichever it is', async () => {
    const { grants } = granteeNamed(name);
    for (const gone of grants) {
      const problems = await problemsWith(
        name,
        grants.filter((grant) => grant !== gone),
      );
      expect(problems.length).toBeGreaterThan(0);
      const named = new RegExp(`^${name} (may not|lacks) ${gone.action} on `);
      expect(problems.filter((problem) => !named.test(problem))).toEqual([]);
    }
  });

  it('is missed a condition that AWS would not need', async () => {
    const { grants, onBehalf } = granteeNamed(name);
    for (const { action, condition } of onBehalf.filter((listed) => listed.condition)) {
      const open = grants.map((grant) =>
        isDeepStrictEqual(grant.condition, condition)
          ? { action: grant.action, resource: grant.resource }
          : grant,
      );
      const problems = await problemsWith(name, open);
      expect(problems).toEqual([expect.stringContaining(`${name} lacks ${action} on `)]);
    }
  });

  it.each([
    { action: 's3:DeleteObject', resource: 'arn:aws:s3:::riposte-evidence/responses/a' },
    { action: 'cloudtrail:StopLogging', resource: 'arn:aws:cloudtrail:*:123456789012:trail/*' },
    { action: 'sns:Publish', resource: 'arn:aws:sns:us-east-1:123456789012:of-others' },
  ])('is told of $action on $resource, which nothing uses', async (added) => {
    const { grants } = granteeNamed(name);
    expect(await problemsWith(name, [...grants, added])).toEqual([
      `${name} does not use ${added.action} on ${added.resource}`,
    ]);
  });

  it('is told of a resource that is wider than needed, and of a permission that is there twice', async () => {
    const { grants } = granteeNamed(name);
    for (const grant of grants.filter(({ resource }) => !resource.includes('*'))) {
      const wide = { ...grant, resource: grant.resource.replace(/[^:/]+$/, '*') };
      expect(await problemsWith(name, [...grants, wide])).toContainEqual(
        `${name} may ${wide.action} on more than it uses: ${wide.resource}`,
      );
    }
    const [first] = grants;
    expect(await problemsWith(name, first ? [...grants, { ...first }] : [])).toEqual([
      `${name} has ${first?.action} on ${first?.resource} twice`,
    ]);
  });
});

describe('the simulator', () => {
  const trail = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/main';
  const start = { action: 'cloudtrail:StartLogging', resource: trail };

  it('denies what no statement allows, and another resource', async () => {
    const need = { ...start };
    expect(await simulation.allows([], need)).toBe(false);
    expect(await simulation.allows([{ ...start, resource: `${trail}-2` }], need)).toBe(false);
    expect(await simulation.allows([start], need)).toBe(true);
  });

  it('reads the conditions of a statement', async () => {
    const role = 'arn:aws:iam::123456789012:role/trail-to-logs';
    const condition = { StringEquals: { 'iam:PassedToService': 'cloudtrail.amazonaws.com' } };
    const pass = { action: 'iam:PassRole', resource: role, condition };
    const need = { action: 'iam:PassRole', resource: role };
    const toLambda = { 'iam:PassedToService': 'lambda.amazonaws.com' };
    const toCloudTrail = { 'iam:PassedToService': 'cloudtrail.amazonaws.com' };
    expect(await simulation.allows([pass], { ...need, context: toLambda })).toBe(false);
    expect(await simulation.allows([pass], { ...need, context: toCloudTrail })).toBe(true);
  });
});
