import { afterAll, beforeAll, jest } from '@jest/globals';
import { failureCases } from './failures.cases.ts';
import { type GuardWorld, openGuardWorld } from './guard-world.ts';
import { laptopCases } from './laptop.cases.ts';
import { outboxCases } from './outbox.cases.ts';

jest.setTimeout(120_000);

let world: GuardWorld;
beforeAll(async () => {
  world = await openGuardWorld({ retrySeconds: 1 });
}, 600_000);
afterAll(() => world?.stop());

failureCases(() => world);
outboxCases(() => world);
laptopCases(() => world);
