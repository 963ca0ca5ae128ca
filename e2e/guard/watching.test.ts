import { afterAll, beforeAll, jest } from '@jest/globals';
import { deliveryCheckCases } from './delivery-check.cases.ts';
import { type GuardWorld, openGuardWorld } from './guard-world.ts';
import { ownHouseCases } from './own-house.cases.ts';
import { storageCases } from './storage.cases.ts';
import { sweepCases, sweptAccount } from './sweep.cases.ts';

jest.setTimeout(120_000);

let world: GuardWorld;
beforeAll(async () => {
  world = await openGuardWorld({
    params: { deliveryCheckSeconds: '1', sweepAccounts: sweptAccount },
  });
}, 600_000);
afterAll(() => world?.stop());

deliveryCheckCases(() => world);
storageCases(() => world);
ownHouseCases(() => world);
// Ends by unsubscribing the alerts topic.
sweepCases(() => world);
