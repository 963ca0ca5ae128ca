import { type TrackedInventory, trackedId } from '@riposte/inventory';
import { inLanes } from '@riposte/lambda';
import type { InventoryObject } from '../ports.ts';
import { announcementOf, asAnnounced } from './announce.ts';
import type { LookPorts, Move } from './looking.ts';
import { OneLook } from './one-look.ts';

/** What failed of a look, by the inventory's `trackedId`; an inventory that is not in it is done. */
export type LookFailures = ReadonlyMap<string, unknown>;

/** So many inventories are compared at once. */
const lanes = 4;

/** Others may move an inventory while it is looked at: so often it is done again. */
const mostOvertaken = 20;

/** An inventory to look at. */
export interface LookedObject extends InventoryObject {
  /** By Riposte or a person, not by an event of S3. */
  readonly isAsked?: boolean;
}

interface Pending {
  readonly id: string;
  readonly look: OneLook;
  overtaken: number;
}

/**
 * Looks at inventories: takes each version that is new in S3's order, tells Security Hub what differs, and then moves what is known of it.
 * Events only say where to look, so that it is the same whether they come twice, late, in another order or not at all.
 *
 * All that is told of in one round is handed in together. What fails is told by inventory, and looked at again: nothing has moved before
 * its findings were accepted.
 */
export function lookAt(ports: LookPorts) {
  return async (
    objects: readonly LookedObject[],
    timeLeft: () => number = () => Number.POSITIVE_INFINITY,
  ): Promise<LookFailures> => {
    const failures = new Map<string, unknown>();
    let pending = pendingOf(objects, ports);
    while (pending.length > 0) {
      if (timeLeft() < leastLeft) {
        for (const { id } of pending) failures.set(id, new OutOfTimeError(id));
        break;
      }
      pending = await round(pending, ports, failures);
    }
    return failures;
  };
}

/** A round is not begun with less time, in milliseconds. */
const leastLeft = 20_000;

/** There was no time for all versions of an inventory: the rest is looked at next. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
  readonly retryable = true;
  readonly retryAfterSeconds = 1;

  constructor(id: string, options?: ErrorOptions) {
    super(`no time for all versions of ${id}`, options);
  }
}

function pendingOf(objects: readonly LookedObject[], ports: LookPorts): Pending[] {
  const byId = Map.groupBy(objects, (object) => trackedId(object));
  return [...byId].flatMap(([id, [first, ...others]]) => {
    if (!first) return [];
    const { bucket, key } = first;
    const isAsked = [first, ...others].some((object) => object.isAsked);
    return [{ id, look: new OneLook({ bucket, key }, isAsked, ports), overtaken: 0 }];
  });
}

interface Due {
  readonly pending: Pending;
  readonly tracked: TrackedInventory | undefined;
  readonly move: Move;
}

/** @returns those that a further move may be due of. */
async function round(
  pending: readonly Pending[],
  ports: LookPorts,
  failures: Map<string, unknown>,
): Promise<Pending[]> {
  const known = await ports.tracked.read(pending.flatMap(({ look }) => withPackages(look.object)));
  const due: Due[] = [];
  await inLanes(pending, lanes, async (one) => {
    try {
      const tracked = known.get(one.id);
      const changes = known.get(packagesId(one.look.object))?.packageChanges ?? [];
      const move = await one.look.next(tracked, isPackages(one.look.object) ? [] : changes);
      if (move) due.push({ pending: one, tracked, move: asAnnounced(tracked, move) });
    } catch (error) {
      failures.set(one.id, error);
    }
  });
  const announced = await announce(due, ports);
  const told = await tell(announced, ports, failures);
  const records = told.flatMap(({ move: { record } }) => record ?? []);
  if (records.length > 0) await ports.comparisons.keep(records);
  const overtaken = await ports.tracked.move(
    told.map(({ tracked, move }) => revised(reported(move), tracked)),
  );
  const moved = told.filter(({ pending: { id } }) => !overtaken.has(id));
  const asks = moved.flatMap(({ move }) => move.asks);
  if (asks.length > 0) await ports.ask(asks);
  const late = due.filter(
    ({ pending: { id } }) => !failures.has(id) && !moved.some((one) => one.pending.id === id),
  );
  for (const { pending: one } of late) {
    one.overtaken += 1;
    one.look.again();
    if (one.overtaken > mostOvertaken) failures.set(one.id, new OutOfTimeError(one.id));
  }
  return due.map((one) => one.pending).filter(({ id }) => !failures.has(id));
}

/** Writes what is about to be handed in. @returns those that nobody else has moved meanwhile. */
async function announce(due: readonly Due[], { tracked }: LookPorts): Promise<readonly Due[]> {
  const announcing = due.flatMap((one) => {
    const announced = announcementOf(one.tracked, one.move);
    return announced && one.tracked
      ? [{ one, next: revised({ ...one.tracked, announced }, one.tracked) }]
      : [];
  });
  if (announcing.length === 0) return due;
  const overtaken = await tracked.move(announcing.map(({ next }) => next));
  const written = new Map(announcing.map(({ one, next }) => [one.pending.id, next]));
  return due
    .filter(({ pending: { id } }) => !overtaken.has(id))
    .map((one) => ({ ...one, tracked: written.get(one.pending.id) ?? one.tracked }));
}

/** Hands in what is to be told, all of it together; where that fails, one inventory after the other. @returns those that may move. */
async function tell(
  due: readonly Due[],
  { imports }: LookPorts,
  failures: Map<string, unknown>,
): Promise<readonly Due[]> {
  const telling = due.filter(({ move }) => move.findings.length > 0);
  try {
    await handIn(telling, imports);
    return due;
  } catch (error) {
    const failed = telling.length > 1 ? await tellSingly(telling, imports) : new Map();
    const [only] = telling;
    if (only && telling.length === 1) failed.set(only.pending.id, error);
    for (const [id, why] of failed) failures.set(id, why);
    return due.filter(({ pending: { id } }) => !failed.has(id));
  }
}

async function tellSingly(
  telling: readonly Due[],
  imports: LookPorts['imports'],
): Promise<Map<string, unknown>> {
  const failed = new Map<string, unknown>();
  for (const one of telling) {
    await handIn([one], imports).catch((error: unknown) => failed.set(one.pending.id, error));
  }
  return failed;
}

async function handIn(telling: readonly Due[], imports: LookPorts['imports']): Promise<void> {
  if (telling.length === 0) return;
  await imports.import(telling.flatMap(({ move }) => move.findings));
  const reopen = telling.flatMap(({ move }) => move.reopen);
  if (reopen.length > 0) await imports.reopen(reopen, changedAgain);
  for (const { names, note } of telling.flatMap(({ move }) => move.resolve)) {
    await imports.resolve(names, note);
  }
}

const changedAgain = 'Riposte: it has changed again since this finding was resolved.';

/** What is known once a move is told: findings that follow are later. */
function reported({ next, findings: [first] }: Move): TrackedInventory {
  return first ? { ...next, reportedAt: first.UpdatedAt } : next;
}

function revised(next: TrackedInventory, tracked: TrackedInventory | undefined): TrackedInventory {
  const { announced, ...rest } = next;
  const isAnnouncing = announced !== undefined && announced !== tracked?.announced;
  return {
    ...rest,
    revision: (tracked?.revision ?? 0) + 1,
    ...(isAnnouncing && { announced }),
  };
}

const isPackages = ({ key }: InventoryObject) => key.type === 'AWS:Application';

const packagesOf = (object: InventoryObject): InventoryObject => ({
  ...object,
  key: { ...object.key, type: 'AWS:Application' },
});
const packagesId = (object: InventoryObject) => trackedId(packagesOf(object));
const withPackages = (object: InventoryObject) => [object, packagesOf(object)];
