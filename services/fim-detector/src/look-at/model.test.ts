import { describe, expect, it, jest } from '@jest/globals';
import { formatInventoryKey, readLedger, trackedId } from '@riposte/inventory';
import fc from 'fast-check';
import { type DetectorWorld, detectorWorld } from '../testing/detector-world.ts';
import { type Files, worldKey, worldObject } from '../testing/world-files.ts';
import { lookAt } from './look-at.ts';

const numRuns = process.env.RIPOSTE_FULL === '1' ? 1000 : 60;
const other = { ...worldObject, key: { ...worldKey, node: 'i-0fedcba9876543210' } };
const objects = [worldObject, other];
const asked = objects.map((object) => ({ ...object, isAsked: true }));
const paths = ['/etc/a', '/etc/b', '/etc/c', '/var/d'];
const manyPaths = Array.from({ length: 25 }, (_, at) => `/etc/many/${at + 10}`);

/** What happens to a node, or to the detector. */
type Act =
  | {
      readonly act: 'report';
      readonly at: number;
      readonly files: readonly number[];
      /** Size of many files more, enough for a finding of their own; 0: none of them is there. */
      readonly many: number;
    }
  | { readonly act: 'approve'; readonly at: number; readonly names?: readonly string[] }
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
        many: fc.constantFrom(0, 0, 0, 1, 2),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record(
        {
          act: fc.constant('approve' as const),
          at: index,
          names: fc.constantFrom(['/etc/a'], ['/etc/*'], ['/etc/many/1*']),
        },
        { requiredKeys: ['act', 'at'] },
      ),
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
const filesOf = ({ files, many }: Extract<Act, { act: 'report' }>): Files =>
  Object.fromEntries(
    [...paths, ...manyPaths].flatMap((path, at) => {
      const size = (at < paths.length ? files[at] : many) ?? 0;
      return size === 0 ? [] : [[path, [size, `2026-11-01T08:00:0${size}Z`]]];
    }),
  );

type WorldAct = Extract<Act, { act: 'report' | 'delete' | 'approve' }>;

const isOfWorld = (act: Act): act is WorldAct =>
  act.act === 'report' || act.act === 'delete' || act.act === 'approve';

/** What happens outside of the detector. People approve what is there: nothing is, before the first inventory and after a deletion. */
function happen(world: DetectorWorld, act: WorldAct): void {
  const { key } = objects[act.at] ?? worldObject;
  const newest = world.objects.get(formatInventoryKey(key))?.at(-1);
  const isThere = newest !== undefined && !newest.deleteMarker;
  if (act.act === 'report') world.report(filesOf(act), key);
  else if (!isThere) return;
  else if (act.act === 'delete') world.store(undefined, key);
  else {
    const names = act.names === undefined ? {} : { names: act.names };
    world.approve({ ...key, versionId: newest.versionId, ...names });
  }
}

/** Looks at everything, one after the other, until nothing fails. */
async function lookUntilDone(world: DetectorWorld): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const failures = await lookAt(world.ports)(asked);
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
          if (!isOfWorld(act)) continue;
          happen(orderly, act);
          await lookUntilDone(orderly);
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

  it('ledgers hold just what differs from the approved state', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (history) => {
        const world = detectorWorld();
        const held: ApprovedState[] = objects.map(() => ({
          approved: undefined,
          now: {},
          isThere: false,
        }));
        for (const act of history) {
          const state = isOfWorld(act) ? held[act.at] : undefined;
          if (isOfWorld(act) && state) follow(state, act);
          await play(world, act);
        }
        await lookUntilDone(world);
        const drift = outcome(world).drift.map((ledger) => ledger.map(({ name }) => name));
        expect(drift).toEqual(held.map(differing));
      }),
      { numRuns },
    );
  });
});

/** What is approved of a node, worked out without the detector. */
interface ApprovedState {
  approved: Files | undefined;
  now: Files;
  isThere: boolean;
}

function follow(state: ApprovedState, act: WorldAct): void {
  if (act.act === 'report') {
    state.now = filesOf(act);
    state.approved ??= state.now;
    state.isThere = true;
  } else if (act.act === 'delete') state.isThere = false;
  else if (state.isThere) {
    const isCovered = ([path]: readonly [string, unknown]) =>
      act.names?.every((glob) => !fits(path, glob)) !== true;
    state.approved = Object.fromEntries([
      ...Object.entries(state.approved ?? {}).filter((file) => !isCovered(file)),
      ...Object.entries(state.now).filter(isCovered),
    ]);
  }
}

/** As shells have it: a star is anything within one folder. */
const fits = (path: string, glob: string) =>
  glob.endsWith('*')
    ? path.startsWith(glob.slice(0, -1)) && !path.slice(glob.length - 1).includes('/')
    : path === glob;

const differing = ({ approved = {}, now }: ApprovedState) =>
  [...paths, ...manyPaths]
    .filter((path) => JSON.stringify(approved[path]) !== JSON.stringify(now[path]))
    .sort();

async function play(world: DetectorWorld, act: Act): Promise<void> {
  switch (act.act) {
    case 'look':
      await lookAt(world.ports)(act.at.map((at) => asked[at] ?? worldObject));
      return;
    case 'together':
      await Promise.all(Array.from({ length: act.times }, () => lookAt(world.ports)(objects)));
      return;
    default:
      happen(world, act);
  }
}
