import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type GuardWorld, openGuardWorld } from './guard/guard-world.ts';
import { deployMemberRole } from './guard/member-place.ts';
import { simulator } from './least-privilege/allowed-by-policy.ts';
import { deployedFunctions, roleGrants } from './least-privilege/deployed-role.ts';
import { driveFunctions, member } from './least-privilege/drive-functions.ts';
import { leastPrivilegeCases } from './least-privilege/least-privilege.cases.ts';
import { type Privileges, privilegesOf } from './least-privilege/privileges.ts';

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
let privileges: Privileges;

beforeAll(async () => {
  world = await openGuardWorld({
    params: { deliveryCheckSeconds: '0', sweepAccounts: member.accountId },
  });
  await deployMemberRole(world.stage, member);
  await driveFunctions(world);
  simulation = simulator(world.stage);
  const grants = await roleGrants(world.stage, memberRole, member);
  privileges = privilegesOf({
    grantees: [
      ...(await deployedFunctions(world.stage)),
      { name: memberRole, grants, onBehalf: byPeople },
    ],
    calls: world.stage.calls().filter(({ appId }) => appId?.startsWith('riposte-')),
    allows: simulation.allows,
    assumed: [memberRole],
  });
});

afterAll(async () => {
  simulation?.close();
  await world?.stop();
});

leastPrivilegeCases([...names, memberRole], () => privileges);

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
