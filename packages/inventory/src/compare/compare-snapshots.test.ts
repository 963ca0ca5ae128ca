import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Change } from '../model/change.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { comparePlainly } from '../testing/compare-plainly.ts';
import { fileLine, sourceOf } from '../testing/snapshots.ts';
import { inventoryType } from '../types/inventory-types.ts';
import { compareOrdered } from './compare-ordered.ts';
import { compareSnapshots } from './compare-snapshots.ts';
import { compareUnordered } from './compare-unordered.ts';
import type { Compared, Comparison } from './comparison.ts';

const file = inventoryType('AWS:File');
const types = [
  file,
  inventoryType('AWS:Service'),
  inventoryType('AWS:AWSComponent'),
  inventoryType('AWS:InstanceDetailedInformation'),
  inventoryType('Custom:Unknown'),
  inventoryType('Custom:Sized', [
    { name: 'Custom:Sized', identity: ['Size'], compare: ['Name'], times: [] },
  ]),
];

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'A', 'a ', 'ä', 'Ä', 'K') },
  fc.constantFrom('\u2028', '\u0085', '\u0000', 'a\\b', 'a"b', 'x\ny', '\ud800', '\uef80', ''),
  fc.string({ maxLength: 12, unit: 'binary' }),
);
const folders = fc.constantFrom(
  '/etc',
  '/',
  '/etc/',
  'C:\\',
  'c:\\App',
  'C:\\App',
  '\\\\host\\x',
  '',
);
const times = fc.constantFrom(
  ...['2026-11-01T10:00:00Z', '2026-11-01T12:00:00+02:00', '2026-11-01T10:00:00.0Z', ''],
  ...['2026-11-01T10:00:01Z', '2026-11-01T10:00:00', '2026-13-01T10:00:00Z', 'yesterday'],
);
const attributes = fc.record(
  {
    ...{ Name: names, InstalledDir: folders, ModificationTime: times, LastAccessTime: times },
    Size: fc.oneof(fc.constantFrom('1', '2', '"', '\\'), fc.constantFrom(1, null, [['1']])),
    Description: fc.constantFrom('', '', 'x,"captureTime":"2026-11-24T14:00:05Z"'),
    ['__proto__']: fc.constantFrom('x', { Size: '1' }),
    more: fc.constant({ captureTime: '2026-11-24T14:00:05Z' }),
  },
  { requiredKeys: [] },
);

/** What may become of a line on its way. */
const damage = fc.constantFrom(
  ...Array.from({ length: 12 }, () => (line: Buffer) => line),
  (line: Buffer) => line.subarray(0, line.length - 9),
  (line: Buffer) => Buffer.from(line.toString().replace('a', '\\u0061')),
  (line: Buffer) => Buffer.concat([line.subarray(0, 9), Buffer.of(0x80), line.subarray(9)]),
  (line: Buffer) => Buffer.from(line.toString().replaceAll('":"', '": "')),
  (line: Buffer) => Buffer.from(line.toString().replace(/^\{(.*?),(.*)\}$/, '{$2,$1}')),
  (line: Buffer) => Buffer.concat([line, Buffer.from('\r')]),
  () => Buffer.alloc(0),
  () => Buffer.from('[]'),
);

const line = fc
  .record({ attributes, damage, time: fc.constantFrom('2026-11-24T14:00:05Z', '', '2026') })
  .map(({ attributes: said, damage: damaged, time }) => damaged(Buffer.from(fileLine(said, time))));

/** A later inventory of the same node: what happened to each line of the earlier one. */
const fate = fc.oneof(
  { weight: 30, arbitrary: fc.constant('kept' as const) },
  fc.constantFrom('gone' as const, 'twice' as const),
  line,
);

function joined(lines: readonly Buffer[], end: string): Buffer {
  const text = Buffer.concat(lines.flatMap((each) => [each, Buffer.from('\n')]));
  return end === '\n' ? text : text.subarray(0, Math.max(0, text.length - 1));
}

/** Two inventories, the second made of the first: lines changed, damaged, gone, twice, in another order. */
const twoSnapshots = fc
  .record({
    lines: fc.array(fc.tuple(line, fate), { maxLength: 40 }),
    ends: fc.tuple(fc.constantFrom('\n', ''), fc.constantFrom('\n', '')),
    later: fc.boolean(),
    order: fc.constantFrom('same', 'reversed', 'rotated'),
  })
  .map(({ lines, ends: [end, otherEnd], later, order }) => {
    const before = lines.map(([each]) => each);
    const after = lines.flatMap(([each, then]) => {
      if (typeof then !== 'string') return [each, then].slice(each.length % 2);
      return { kept: [each], gone: [], twice: [each, each] }[then];
    });
    const timed = later ? after.map(withLaterTime) : after;
    if (order === 'reversed') timed.reverse();
    if (order === 'rotated') timed.push(...timed.splice(0, timed.length / 2));
    return { before: joined(before, end), after: joined(timed, otherEnd) };
  });

function withLaterTime(each: Buffer): Buffer {
  return Buffer.from(each.toString('latin1').replaceAll('T14:00:05Z', 'T14:30:05Z'), 'latin1');
}

type Compare = (comparison: Comparison) => Promise<Compared | undefined>;

/** Changes in an order of their own, since they may be told in any. */
async function changesOf(
  compare: Compare,
  { before, after }: { readonly before: Buffer; readonly after: Buffer },
  { type = file, pieces = 65_536 } = {},
) {
  const changes: Change[] = [];
  const sources = { before: sourceOf(before, pieces), after: sourceOf(after, pieces) };
  const compared = await compare({
    ...{ ...sources, type },
    onChange: (change) => changes.push(change),
  });
  return { compared, changes: byIdentity(changes) };
}

function byIdentity(changes: readonly Change[]): readonly Change[] {
  const sorted = changes.map((change) => ({
    ...change,
    before: change.before.toSorted(byText),
    after: change.after.toSorted(byText),
  }));
  return sorted.sort(byText);
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

describe('two inventories', () => {
  it.each([
    ['side by side', compareOrdered],
    ['by sums', compareUnordered],
    ['either way', compareSnapshots],
  ])('differ %s in what a plain comparison finds', async (_, compare) => {
    await fc.assert(
      fc.asyncProperty(
        twoSnapshots,
        fc.constantFrom(...types),
        fc.constantFrom(7, 1_000, 65_536),
        async (snapshots, type, pieces) => {
          const { compared, changes } = await changesOf(compare, snapshots, { type, pieces });
          if (!compared && compare === compareOrdered) return;
          const plain = comparePlainly(type, snapshots.before, snapshots.after);
          expect(changes).toEqual(byIdentity(plain));
          expect(compared).toEqual({
            before: await readSnapshot(sourceOf(snapshots.before), type),
            after: await readSnapshot(sourceOf(snapshots.after), type),
            changes: plain.length,
          });
        },
      ),
      { numRuns: 400 },
    );
  });
});
