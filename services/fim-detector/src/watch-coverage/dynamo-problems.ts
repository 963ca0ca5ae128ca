import { type ItemKey, problemNames } from '@riposte/inventory';
import * as z from 'zod';
import { type ItemTable, itemsBelow, itemsByKey, type StoredItem } from '../dynamo-items.ts';
import { writeRevised } from '../dynamo-write-items.ts';
import { UnreadableItemError } from '../errors.ts';
import type { HeldProblems } from './tell-problems.ts';
import { type HeldProblem, problemId } from './watched-problem.ts';

/** All of them lie together: there are few, and each run reads them. */
const partition = 'coverage';

const text = z.string();
const stored = z.object({
  subject: z.object({
    kind: z.enum(['node', 'bucket', 'sync']),
    account: text,
    region: text,
    name: text,
  }),
  problem: z.enum(problemNames),
  details: z.record(text, z.union([text, z.number()])),
  revision: z.number(),
  since: text,
  updatedAt: text,
  isOver: z.boolean(),
  isTold: z.boolean(),
  dueAt: text.exactOptional(),
});

/**
 * `HeldProblems` in the detector's table: one item for each problem of each subject, under the id of its finding. Needs `dynamodb:Query`,
 * `dynamodb:BatchGetItem` and `dynamodb:PutItem`.
 */
export function dynamoProblems(table: ItemTable): HeldProblems {
  return {
    async open() {
      const items = await itemsBelow(table, { pk: partition, prefix: 'riposte/' });
      return items.map(problemIn).filter(({ isOver, isTold }) => !(isOver && isTold));
    },
    async read(ids) {
      const items = await itemsByKey(table, ids.map(keyOf));
      return new Map(items.map(problemIn).map((one) => [problemId(one), one]));
    },
    async write(problems) {
      const items = problems.map((one) => ({ ...one, ...keyOf(problemId(one)) }));
      return new Set((await writeRevised(table, items)).map(problemId));
    },
  };
}

function keyOf(sk: string): ItemKey {
  return { pk: partition, sk };
}

/** @throws UnreadableItemError: taken for unknown, it would be told again. */
function problemIn(item: StoredItem): HeldProblem {
  const { data } = stored.safeParse(item);
  if (!data) throw new UnreadableItemError(`${item.pk} ${item.sk}`);
  return data;
}
