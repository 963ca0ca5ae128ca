import { describe, expect, it, jest } from '@jest/globals';
import { readLedger, trackedId } from '@riposte/inventory';
import fc from 'fast-check';
import { type DetectorWorld, detectorWorld } from '../testing/detector-world.ts';
import { type Files, worldKey, worldObject } from '../testing/world-files.ts';
import { lookAt } from './look-at.ts';

const numRuns = process.env.RIPOSTE_FULL === '1' ? 1000 : 60;
const other = { ...worldObject, key: { ...worldKey, node: 'i-0fedcba9876543210' } };
const objects = [worldObject, other];
const paths = ['/etc/a', '/etc/b', '/etc/c', '/var/d'];

/** What happens to a node, or to the detector. */
type Act =
  | { readonly act: 'report'; readonly at: number; readonly files: readonly number[] }
  | { readonly act: 'delete'; readonly at: number }
  | { readonly act: 'look'; readonly at: readonly number[] }
  | { readonly act: 'together'; readonly times: number };

const index = fc.nat({ max: objects.length - 1 });
const acts = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('report' as const),
        at: index,
        files: fc.array(fc.nat({ max: 3 }), { minLength: paths.length, maxLength: paths.length }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('delete' as const), at: index }) },
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('look' as const),
        at: fc.array(index, { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant('together' as const),
        times: fc.integer({ min: 2, max: 3 }),
      }),
    },
  ),
  { minLength: 1, maxLength: 25 },
);

/** Which calls of ports fail, and whether before or after they had their effect. */
const faults = fc.array(fc.constantFrom('before', 'after', undefined, undefined, undefined), {
  maxLength: 60,
});

/** A path is not there at 0; else its size. */
const filesOf = (sizes: readonly number[]): Files =>
  Object.fromEntries(
    paths.flatMap((path, at) => {
      const size = sizes[at] ?? 0;
      return size === 0 ? [] : [[path, [size, `2026-11-01T08:00:0${size}Z`]]];
    }),
  );

function store(world: DetectorWorld, act: Extract<Act, { act: 'report' | 'delete' }>): void {
  const { key } = objects[act.at] ?? worldObject;
  if (act.act === 'report') world.report(filesOf(act.files), key);
  else if (world.objects.size > 0) world.store(undefined, key);
}

/** Looks at everything, one after the other, until nothing fails. */
async function lookUntilDone(world: DetectorWorld): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const failures = await lookAt(world.ports)(objects).catch(() => new Map([['all', 1]]));
    if (failures.size === 0) return;
  }
  throw new RangeError('a look does not end');
}

/** What people see of findings, and what the ledgers hold, whatever the way there. */
function outcome({ hub, items, ledgers }: DetectorWorld) {
  const shown = [...hub.values()].map(({ finding, workflow }) => ({
    id: finding.Id,
    state: finding.RecordState,
    title: finding.Title,
    severity: finding.FindingProviderFields.Severity.Label,
    workflow,
  }));
  const drift = objects.map((object) => {
    const pointer = items.get(trackedId(object))?.ledger;
    return pointer ? readLedger(ledgers.get(pointer.key) ?? '') : [];
  });
  return { shown: shown.sort((one, two) => (one.id < two.id ? -1 : 1)), drift };
}

jest.setTimeout(120_000);

describe('whatever the interleaving of events that are lost, late, doubled and concurrent', () => {
  it('findings and ledgers are those of the orderly run, although any call fails', async () => {
    await fc.assert(
      fc.asyncProperty(acts, faults, async (history, failing) => {
        const orderly = detectorWorld();
        for (const act of history) {
          if (act.act === 'report' || act.act === 'delete') {
            store(orderly, act);
            await lookUntilDone(orderly);
          }
        }
        const world = detectorWorld();
        let call = 0;
        world.failing((_name, when) => {
          if (when === 'before') call += 1;
          return failing[call] === when;
        });
        for (const act of history) await play(world, act);
        await lookUntilDone(world);
        expect(outcome(world)).toEqual(outcome(orderly));
      }),
      { numRuns },
    );
  });

  it('ledgers hold just what differs from the first inventory', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (history) => {
        const world = detectorWorld();
        const reports = history.flatMap((act) =>
          act.act === 'report' && act.at === 0 ? [filesOf(act.files)] : [],
        );
        for (const act of history) await play(world, act);
        await lookUntilDone(world);
        const [first = {}, last = {}] = [reports[0], reports.at(-1)];
        const differing = paths.filter(
          (path) => JSON.stringify(first[path]) !== JSON.stringify(last[path]),
        );
        const [ledger = []] = outcome(world).drift;
        expect(ledger.map(({ name }) => name)).toEqual(differing);
      }),
      { numRuns },
    );
  });
});

async function play(world: DetectorWorld, act: Act): Promise<void> {
  switch (act.act) {
    case 'look': {
      const wanted = act.at.map((at) => objects[at] ?? worldObject);
      await lookAt(world.ports)(wanted).catch(() => undefined);
      return;
    }
    case 'together':
      await Promise.all(
        Array.from({ length: act.times }, () =>
          lookAt(world.ports)(objects).catch(() => undefined),
        ),
      );
      return;
    default:
      store(world, act);
  }
}
