import { type TrackedInventory, trackedId } from '@riposte/inventory';
import { inLanes } from '@riposte/lambda';
import { OutOfTimeError, OvertakenError } from '../errors.ts';
import type { InventoryObject } from '../ports.ts';
import { announcementOf, asAnnounced, withAnnouncedCoverage } from './announce.ts';
import { handIn } from './hand-in.ts';
import type { LookPorts, Move } from './looking.ts';
import { OneLook } from './one-look.ts';
import { together } from './together.ts';

/** What failed of a look, by the inventory's `trackedId`; an inventory that is not in it is done. */
export type LookFailures = ReadonlyMap<string, unknown>;

/** So many inventories are compared at once. */
const lanes = 4;

/** Others may move an inventory while it is looked at: so often it is done again. */
const mostOvertaken = 20;

/** A round is not begun with less time, in milliseconds. */
const leastLeft = 20_000;

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
 * its findings were accepted. Errors say whether a retry can help; a chain that is too long for the time left goes on at the next look.
 *
 * @example
 * const failures = await lookAt(ports)([{ bucket, key }], () => context.getRemainingTimeInMillis());
 */
export function lookAt(ports: LookPorts) {
  return async (
    objects: readonly LookedObject[],
    timeLeft: () => number = () => Number.POSITIVE_INFINITY,
  ): Promise<LookFailures> => {
    const failures = new Map<string, unknown>();
    let pending: readonly Pending[] = pendingOf(objects, ports);
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

function pendingOf(objects: readonly LookedObject[], ports: LookPorts): readonly Pending[] {
  const byId = Map.groupBy(objects, (object) => trackedId(object));
  return [...byId].flatMap(([id, [first, ...others]]) => {
    if (!first) return [];
    const { bucket, key } = first;
    const isAsked = [first, ...others].some((object) => object.isAsked);
    return [{ id, look: new OneLook({ bucket, key }, isAsked, ports), overtaken: 0 }];
  });
}

/** A move that is due of an inventory. */
export interface Due {
  readonly id: string;
  readonly pending: Pending;
  readonly tracked: TrackedInventory | undefined;
  readonly move: Move;
}

/** @returns those that a further move may be due of. */
async function round(
  pending: readonly Pending[],
  ports: LookPorts,
  failures: Map<string, unknown>,
): Promise<readonly Pending[]> {
  const due = await dueOf(pending, ports, failures);
  const announced = await announce(due, ports, failures);
  const told = await handIn(announced, ports.imports, failures);
  const recorded = await keepRecords(told, ports, failures);
  const moved = await moveOn(recorded, ports, failures);
  const asking = moved.filter(({ move }) => move.asks.length > 0);
  await together(asking, failures, (some) => ports.ask(some.flatMap(({ move }) => move.asks)));
  const ids = new Set(moved.map(({ id }) => id));
  for (const { id, pending: one } of due)
    if (!ids.has(id) && !failures.has(id)) again(one, failures);
  return due.flatMap(({ id, pending: one }) => (failures.has(id) ? [] : [one]));
}

/** Somebody else has moved it meanwhile: it is read again, and done again. */
function again(one: Pending, failures: Map<string, unknown>): void {
  one.overtaken += 1;
  one.look.again();
  if (one.overtaken > mostOvertaken) failures.set(one.id, new OvertakenError(one.id));
}

async function dueOf(
  pending: readonly Pending[],
  { tracked: inventories }: LookPorts,
  failures: Map<string, unknown>,
): Promise<readonly Due[]> {
  const { done, answers } = await together(pending, failures, (some) =>
    inventories.read(some.flatMap(({ look }) => withPackages(look.object))),
  );
  const known = new Map(answers.flatMap((answer) => [...answer]));
  const due: Due[] = [];
  await inLanes(done, lanes, async (one) => {
    const { id, look } = one;
    const tracked = known.get(id);
    const { packageChanges = [] } = known.get(packagesId(look.object)) ?? {};
    try {
      const move = await look.next(tracked, isPackages(look.object) ? [] : packageChanges);
      if (!move) return;
      const whole = asAnnounced(tracked, withAnnouncedCoverage(tracked, move));
      due.push({ id, pending: one, tracked, move: whole });
    } catch (error) {
      failures.set(id, error);
    }
  });
  return due;
}

/** Writes what is about to be handed in. @returns those that nobody else has moved meanwhile. */
async function announce(
  due: readonly Due[],
  { tracked: inventories }: LookPorts,
  failures: Map<string, unknown>,
): Promise<readonly Due[]> {
  const announcing = due.flatMap((one) => {
    const announced = announcementOf(one.tracked, one.move);
    if (!announced || !one.tracked) return [];
    return [
      { id: one.id, next: { ...one.tracked, revision: one.tracked.revision + 1, announced } },
    ];
  });
  const { done, answers } = await together(announcing, failures, (some) =>
    inventories.move(some.map(({ next }) => next)),
  );
  const overtaken = new Set(answers.flatMap((answer) => [...answer]));
  const written = new Map(done.map(({ id, next }) => [id, next]));
  return due
    .filter(({ id }) => !overtaken.has(id) && !failures.has(id))
    .map((one) => ({ ...one, tracked: written.get(one.id) ?? one.tracked }));
}

async function keepRecords(
  told: readonly Due[],
  { comparisons }: LookPorts,
  failures: Map<string, unknown>,
): Promise<readonly Due[]> {
  const withRecord = told.filter(({ move }) => move.record !== undefined);
  await together(withRecord, failures, (some) =>
    comparisons.keep(some.flatMap(({ move }) => move.record ?? [])),
  );
  return told.filter(({ id }) => !failures.has(id));
}

/** Moves what is known, last. @returns those that nobody else has moved meanwhile. */
async function moveOn(
  told: readonly Due[],
  { tracked: inventories }: LookPorts,
  failures: Map<string, unknown>,
): Promise<readonly Due[]> {
  const { done, answers } = await together(told, failures, (some) =>
    inventories.move(some.map(movedOn)),
  );
  const overtaken = new Set(answers.flatMap((answer) => [...answer]));
  return done.filter(({ id }) => !overtaken.has(id));
}

/** What is known once a move is told: findings that follow are later, and nothing is announced any more. */
function movedOn({ tracked, move: { next, findings } }: Due): TrackedInventory {
  const { announced: _told, ...rest } = next;
  const [first] = findings;
  const reportedAt = first?.UpdatedAt ?? tracked?.announced?.updatedAt ?? next.reportedAt;
  return { ...rest, revision: (tracked?.revision ?? 0) + 1, reportedAt };
}

const isPackages = ({ key }: InventoryObject) => key.type === 'AWS:Application';

const packagesOf = (object: InventoryObject): InventoryObject => ({
  ...object,
  key: { ...object.key, type: 'AWS:Application' },
});
const packagesId = (object: InventoryObject) => trackedId(packagesOf(object));
const withPackages = (object: InventoryObject) => [object, packagesOf(object)];
