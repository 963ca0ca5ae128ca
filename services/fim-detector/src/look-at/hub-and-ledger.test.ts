import { describe, expect, it, jest } from '@jest/globals';
import {
  compileInventoryRules,
  coverageFindingId,
  formatInventoryKey,
  type InventoryRule,
  readLedger,
  trackedId,
} from '@riposte/inventory';
import fc from 'fast-check';
import { type DetectorWorld, detectorWorld } from '../testing/detector-world.ts';
import { type Files, linesOf, worldKey, worldObject } from '../testing/world-files.ts';
import { lookAt } from './look-at.ts';

const numRuns = process.env.RIPOSTE_FULL === '1' ? 1000 : 60;
const asked = { ...worldObject, isAsked: true };
const hour = 3_600_000;

const rule = (id: string, glob: string, severity: InventoryRule['severity']): InventoryRule => ({
  ...{ id, description: 'Settings.', type: 'AWS:File', policy: 'readonly', include: [{ glob }] },
  ...{ exclude: [], changes: ['created', 'modified', 'deleted'], severity },
});
const ruleSets = [
  compileInventoryRules({ rules: [rule('etc', '/etc/**', 'high')] }),
  compileInventoryRules({ rules: [rule('a', '/etc/a', 'low'), rule('etc', '/etc/**', 'medium')] }),
  compileInventoryRules({ rules: [] }),
];
const paths = [
  '/etc/a',
  '/etc/b',
  ...Array.from({ length: 22 }, (_, at) => `/etc/many/${at + 10}`),
];

/** Anything that happens, to the node, its bucket, its rules, its clock, or to calls. */
const acts = fc.array(
  fc.oneof(
    fc.record({
      act: fc.constant('report' as const),
      sizes: fc.array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 3 }),
    }),
    fc.record({
      act: fc.constant('garbage' as const),
      text: fc.constantFrom('', '{"Name":\n', '{}\n[1]\n'),
    }),
    fc.record({ act: fc.constant('delete' as const) }),
    fc.record({ act: fc.constant('lose' as const), back: fc.nat({ max: 2 }) }),
    fc.record({ act: fc.constant('approve' as const), hours: fc.nat({ max: 2 }) }),
    fc.record({ act: fc.constant('pass' as const) }),
    fc.record({ act: fc.constant('rules' as const), set: fc.nat({ max: 2 }) }),
    fc.record({ act: fc.constant('look' as const), isAsked: fc.boolean() }),
    fc.record({ act: fc.constant('together' as const) }),
  ),
  { minLength: 1, maxLength: 25 },
);
type Act = typeof acts extends fc.Arbitrary<(infer A)[]> ? A : never;
const faults = fc.array(fc.constantFrom('before', 'after', undefined, undefined), {
  maxLength: 60,
});

const filesOf = (sizes: readonly number[]): Files =>
  Object.fromEntries(
    paths.flatMap((path, at) => {
      const size = sizes[Math.min(at, 2)] ?? 0;
      return size === 0 ? [] : [[path, [size, `2026-11-01T08:00:0${size}Z`]]];
    }),
  );

const name = formatInventoryKey(worldKey);

async function play(world: DetectorWorld, act: Act, set: { rules: number }): Promise<void> {
  const ports = { ...world.ports, rules: ruleSets[set.rules] ?? world.ports.rules };
  switch (act.act) {
    case 'report':
      world.report(filesOf(act.sizes));
      return;
    case 'garbage':
      world.store(act.text);
      return;
    case 'delete':
      if (world.objects.has(name)) world.store(undefined);
      return;
    case 'lose':
      world.lose(world.objects.get(name)?.at(-1 - act.back)?.versionId ?? '');
      return;
    case 'approve': {
      const until = new Date(ports.clock().getTime() + act.hours * hour).toISOString();
      world.approve(act.hours === 0 ? {} : { until });
      return;
    }
    case 'pass':
      world.pass(hour);
      return;
    case 'rules':
      set.rules = act.set;
      return;
    case 'look':
      await lookAt(ports)([{ ...worldObject, isAsked: act.isAsked }]);
      return;
    case 'together':
      await Promise.all([lookAt(ports)([worldObject]), lookAt(ports)([asked])]);
  }
}

/** Ids of findings that ought to be active, by what is known of the inventory. */
function expected({ items, ledgers, ports }: DetectorWorld): readonly string[] {
  const tracked = items.get(trackedId(worldObject));
  const ledger = tracked?.ledger ? readLedger(ledgers.get(tracked.ledger.key) ?? '') : [];
  const now = ports.clock().toISOString();
  const told = ledger.flatMap(({ findingId, exception }) =>
    findingId !== undefined && !(exception && exception.until > now) ? [findingId] : [],
  );
  const subject = { kind: 'inventory', place: worldObject } as const;
  const problems = [
    'near-limit',
    'inventory-deleted',
    'baseline-lost',
    'foreign-node',
    'unreadable-lines',
    'truncated',
  ] as const;
  const open = problems.filter((problem) => tracked?.coverage[problem] !== undefined);
  return [
    ...new Set([...told, ...open.map((problem) => coverageFindingId(subject, problem))]),
  ].sort();
}

const active = ({ hub }: DetectorWorld) =>
  [...hub.values()]
    .filter(
      ({ finding }) =>
        finding.RecordState === 'ACTIVE' && !finding.GeneratorId.endsWith('/baseline'),
    )
    .map(({ finding }) => finding.Id)
    .sort();

jest.setTimeout(120_000);

describe('whatever happens, also to rules, approvals and old versions', () => {
  it('active findings are just those that the ledger and the watch name', async () => {
    await fc.assert(
      fc.asyncProperty(acts, faults, async (history, failing) => {
        const world = detectorWorld();
        const set = { rules: 0 };
        let call = 0;
        world.failing((_name, when) => {
          if (when === 'before') call += 1;
          return failing[call] === when;
        });
        for (const act of history) await play(world, act, set);
        world.failing(() => false);
        await play(world, { act: 'look', isAsked: true }, set);
        await play(world, { act: 'look', isAsked: true }, set);
        expect(active(world)).toEqual(expected(world));
      }),
      { numRuns },
    );
  });

  it('ledgers are in order after a line of garbage, too', async () => {
    const world = detectorWorld();
    world.report(filesOf([1, 1, 1]));
    await lookAt(world.ports)([worldObject]);
    world.store(`${linesOf(filesOf([1, 1, 1]), '2026-11-24T14:00:00Z')}{"Name":\n`);
    expect(await lookAt(world.ports)([worldObject])).toEqual(new Map());
    expect(world.items.get(trackedId(worldObject))?.ledger).toBeUndefined();
  });
});
