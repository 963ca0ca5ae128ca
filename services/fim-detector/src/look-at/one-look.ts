import {
  type Approval,
  formatInventoryKey,
  type PackageChange,
  type TrackedInventory,
} from '@riposte/inventory';
import type { InventoryObject, ListedVersion } from '../ports.ts';
import { type Known, KnownLedgers, knownOf } from './known.ts';
import type { LookPorts, Move, Seen } from './looking.ts';
import { type OpenedVersion, openNext } from './open-version.ts';
import { endedMove, isJudgedOtherwise, judgedMove } from './settle.ts';
import { approvedMove, isTaken } from './take-approval.ts';
import { takeBaseline } from './take-baseline.ts';
import { takeStep } from './take-step.ts';
import { deletedMove, unchangedMove } from './take-unchanged.ts';

/**
 * One look at one inventory: a move for each version that is new, and before it those for what is to be settled in the state that it
 * changes: approvals, exceptions that have ended, rules and packages that have changed.
 */
export class OneLook {
  readonly object: InventoryObject;
  readonly #isAsked: boolean;
  readonly #ports: LookPorts;
  readonly #ledgers: KnownLedgers;
  #newer: readonly ListedVersion[] | undefined;
  #approvals: readonly Approval[] | undefined;
  #opened: OpenedVersion | undefined;
  #at = 0;

  /** @param isAsked somebody asks for it, be it for an approval: no event of S3 has led here. */
  constructor(object: InventoryObject, isAsked: boolean, ports: LookPorts) {
    this.object = object;
    this.#isAsked = isAsked;
    this.#ports = ports;
    this.#ledgers = new KnownLedgers(ports.ledgers);
  }

  /** The move that is due next; undefined: none is any more. */
  async next(
    tracked: TrackedInventory | undefined,
    packageChanges: readonly PackageChange[],
  ): Promise<Move | undefined> {
    const { object } = this;
    this.#newer ??= await this.#listed(tracked);
    const move = tracked
      ? await this.#nextOf({ object, tracked, packageChanges }, this.#newer)
      : await this.#first(this.#newer);
    if (move?.next.ledger && move.ledger) this.#ledgers.keep(move.next.ledger, move.ledger);
    return move;
  }

  /** Somebody else has moved it: what is new is asked for again. */
  again(): void {
    this.#newer = undefined;
    this.#approvals = undefined;
    this.#opened = undefined;
    this.#at = 0;
  }

  async #first(newer: readonly ListedVersion[]): Promise<Move | undefined> {
    const { object } = this;
    for (const version of newer.slice(this.#at)) {
      this.#at += 1;
      if (!version.deleteMarker) return takeBaseline(object, version, this.#ports);
    }
    return undefined;
  }

  async #nextOf(seen: Seen, newer: readonly ListedVersion[]): Promise<Move | undefined> {
    const isDue = this.#isAsked || isJudgedOtherwise(seen, this.#ports);
    const settled = isDue ? await this.#settled(seen, newer) : undefined;
    if (settled) return settled;
    for (const version of newer.slice(this.#at)) {
      const move = version.deleteMarker
        ? await deletedMove(seen, version, { known: () => this.#known(seen), ports: this.#ports })
        : await this.#version(seen, version, newer);
      if (move) return move;
      this.#at += 1;
    }
    return undefined;
  }

  /** What has not changed is not worth a look at approvals: they hold for the next one that has. */
  async #version(
    seen: Seen,
    version: ListedVersion,
    newer: readonly ListedVersion[],
  ): Promise<Move> {
    this.#opened = await openNext(seen, version, this.#opened, this.#ports);
    const opened = this.#opened;
    const same = unchangedMove(seen, opened, this.#ports);
    const settled = same ? undefined : await this.#settled(seen, newer);
    if (settled) return settled;
    this.#at += 1;
    return same ?? takeStep(await this.#known(seen), opened, this.#ports);
  }

  /** One thing after the other, each told for itself. */
  async #settled(seen: Seen, newer: readonly ListedVersion[]): Promise<Move | undefined> {
    const { tracked } = seen;
    this.#approvals ??= await this.#ports.tracked.approvals(this.object);
    const ahead = new Set(newer.slice(this.#at).map(({ versionId }) => versionId));
    const approval = this.#approvals.find(
      (one) => !isTaken(one, tracked) && !ahead.has(one.versionId),
    );
    if (!approval && !tracked.ledger) return undefined;
    const known = await this.#known(seen);
    if (approval) {
      const later = await this.#laterThan(approval.versionId, tracked);
      return approvedMove(known, { approval, later }, this.#ports);
    }
    return (await endedMove(known, this.#ports)) ?? (await judgedMove(known, this.#ports));
  }

  #known(seen: Seen): Promise<Known> {
    return knownOf(seen, this.#ledgers, this.#ports);
  }

  /** What S3 has stored since; where the version that was compared last is gone, what it has stored after that. */
  async #listed(tracked: TrackedInventory | undefined): Promise<readonly ListedVersion[]> {
    const { found, versions } = await this.#since(tracked?.seen.versionId);
    if (found || !tracked) return versions;
    const { storedAt } = tracked.seen;
    const later = versions.filter((version) => version.storedAt >= storedAt);
    if (later.length > 0) return later;
    // Nothing at all is left of it, be it without a delete marker: it was deleted.
    const deleted = { versionId: '(all versions)', storedAt, bytes: 0, deleteMarker: true };
    return versions.length > 0 ? versions.slice(-1) : [deleted];
  }

  /** Versions after one, up to the one seen last; undefined: that one is not there, and nobody can tell. */
  async #laterThan(
    versionId: string,
    { seen }: TrackedInventory,
  ): Promise<ReadonlySet<string> | undefined> {
    if (versionId === seen.versionId) return new Set();
    const { found, versions } = await this.#since(versionId);
    return found ? new Set(versions.map((version) => version.versionId)) : undefined;
  }

  #since(versionId: string | undefined) {
    const { bucket, key } = this.object;
    return this.#ports.inventories.since(bucket, formatInventoryKey(key), versionId);
  }
}
