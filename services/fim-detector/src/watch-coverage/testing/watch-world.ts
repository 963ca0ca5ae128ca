import type { AsffFinding } from '@riposte/findings';
import {
  type Approval,
  formatInventoryKey,
  type InventoryKey,
  type TrackedInventory,
  trackedId,
} from '@riposte/inventory';
import type { EndedNode, NodeStatus } from '../follow-silence.ts';
import type { Look } from '../looks.ts';
import type { Noted } from '../progress.ts';
import type { HeldProblems } from '../tell-problems.ts';
import { type HeldProblem, problemId } from '../watched-problem.ts';

export const bucket = 'inventories';
export const account = '111122223333';
export const region = 'eu-west-1';
export const start = Date.parse('2026-11-24T12:00:00.000Z');
export const minute = 60_000;
export const nodeA = 'i-0123456789abcdef0';
export const nodeB = 'i-0123456789abcdef1';

/** An inventory that was compared, so many minutes ago. */
export function tracked(
  node: string,
  minutesAgo: number,
  changes: Partial<TrackedInventory> = {},
): TrackedInventory {
  const at = new Date(start - minutesAgo * minute).toISOString();
  const key: InventoryKey = { prefix: '', type: 'AWS:File', account, region, node };
  return {
    ...{ bucket, key, revision: 1, reportedAt: at, rules: 'r', coverage: {} },
    seen: { versionId: 'v1', at, storedAt: at, digest: 'd', lines: 3 },
    baseline: { versionId: 'v1', at },
    ...changes,
  };
}

/** AWS as the watch knows it, in memory, with a clock. */
export function watchWorld(...inventories: readonly TrackedInventory[]) {
  let now = start;
  const items = new Map(inventories.map((one) => [trackedId(one), one]));
  const problems = new Map<string, HeldProblem>();
  const hub = new Map<string, AsffFinding>();
  const told: AsffFinding[] = [];
  const looks: Look[] = [];
  const approvals: Approval[] = [];
  const noted: { now: Noted } = { now: {} };
  const world = {
    items,
    problems,
    hub,
    /** Each finding that changed something, in order. */
    told,
    looks,
    approvals,
    ended: new Map<string, EndedNode>(),
    statusOf: new Map<string, NodeStatus>(),
    noted,
    failures: new Map<string, Error>(),
    pass: (minutes: number) => {
      now += minutes * minute;
    },
    clock: () => new Date(now),
    timeLeft: () => 300_000,
  };
  const fail = (name: string) => {
    const failure = world.failures.get(name);
    world.failures.delete(name);
    if (failure) throw failure;
  };
  const held: HeldProblems = {
    open: async () => [...problems.values()].filter((one) => !(one.isOver && one.isTold)),
    read: async (ids) => new Map([...problems].filter(([id]) => ids.includes(id))),
    async write(some) {
      fail('problems');
      const overtaken = some.filter(
        (one) => (problems.get(problemId(one))?.revision ?? 0) !== one.revision - 1,
      );
      for (const one of some) if (!overtaken.includes(one)) problems.set(problemId(one), one);
      return new Set(overtaken.map(problemId));
    },
  };
  const ports = {
    problems: held,
    imports: {
      async import(findings: readonly AsffFinding[]) {
        fail('import');
        for (const finding of findings) {
          const before = hub.get(finding.Id);
          if (before && before.UpdatedAt >= finding.UpdatedAt) continue;
          hub.set(finding.Id, finding);
          world.told.push(finding);
        }
        fail('after import');
      },
    },
    tracked: {
      read: async (objects: readonly { readonly bucket: string; readonly key: InventoryKey }[]) =>
        new Map(
          objects.flatMap((object) => {
            const item = items.get(trackedId(object));
            return item ? [[trackedId(item), item] as const] : [];
          }),
        ),
      async move(some: readonly TrackedInventory[]) {
        fail('move');
        const overtaken = some.filter(
          (one) => (items.get(trackedId(one))?.revision ?? 0) !== one.revision - 1,
        );
        for (const one of some) if (!overtaken.includes(one)) items.set(trackedId(one), one);
        return new Set(overtaken.map(trackedId));
      },
    },
    looks: {
      async send(some: readonly Look[]) {
        looks.push(...some);
      },
    },
    progress: {
      read: async () => noted.now,
      async note(changes: Noted) {
        noted.now = { ...noted.now, ...changes };
      },
    },
    statuses: {
      read: async ({ key }: { readonly key: InventoryKey }) => world.statusOf.get(key.node),
    },
    ended: {
      read: async (ids: readonly string[]) =>
        new Map([...world.ended].filter(([id]) => ids.includes(id))),
      async write(nodes: readonly EndedNode[]) {
        for (const node of nodes) world.ended.set(node.id, node);
      },
    },
    /** Two items a page. */
    all: {
      async page(after: string) {
        const all = [...items.values()];
        const at = after === '' ? 0 : Number(after);
        return {
          inventories: all.slice(at, at + 2),
          approvals: at === 0 ? world.approvals : [],
          ...(at + 2 < all.length && { next: String(at + 2) }),
        };
      },
    },
    clock: world.clock,
    timeLeft: () => world.timeLeft(),
  };
  return { ...world, world, ports };
}

/** What looks are about, in short. */
export function asked(looks: readonly Look[]): readonly string[] {
  return looks.map(({ key, reason }) => `${reason} ${formatInventoryKey(key).split('/').at(-1)}`);
}
