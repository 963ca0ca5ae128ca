import { afterAll, beforeAll, jest } from '@jest/globals';
import { changedTrailCases } from './changed-trails.cases.ts';
import { findingCases } from './findings.cases.ts';
import { type GuardWorld, openGuardWorld } from './guard-world.ts';
import { otherAccountCases } from './other-accounts.cases.ts';
import { stoppedTrailCases } from './stopped-trails.cases.ts';
import { toldOnceCases } from './told-once.cases.ts';

jest.setTimeout(120_000);

let world: GuardWorld;
beforeAll(async () => {
  world = await openGuardWorld();
}, 600_000);
afterAll(() => world?.stop());

stoppedTrailCases(() => world);
changedTrailCases(() => world);
findingCases(() => world);
otherAccountCases(() => world);
toldOnceCases(() => world);
