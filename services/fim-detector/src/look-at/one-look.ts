import { formatInventoryKey, type PackageChange, type TrackedInventory } from '@riposte/inventory';
import type { InventoryObject, ListedVersion } from '../ports.ts';
import { knownOf } from './known.ts';
import type { LookPorts, Move, Seen } from './looking.ts';
import { settle } from './settle.ts';
import { takeBaseline } from './take-baseline.ts';
import { takeDeletion, takeStep } from './take-step.ts';

/** One look at one inventory: a move for what is to be settled, and one for each version that is new. */
export class OneLook {
  readonly object: InventoryObject;
  readonly #isAsked: boolean;
  readonly #ports: LookPorts;
  #newer: readonly ListedVersion[] | undefined;
  #at = 0;
  #isSettled = false;

  /** @param isAsked somebody asks for it, be it for an approval: no event of S3 has led here. */
  constructor(object: InventoryObject, isAsked: boolean, ports: LookPorts) {
    this.object = object;
    this.#isAsked = isAsked;
    this.#ports = ports;
  }

  /** The move that is due next; undefined: none is any more. */
  async next(
    tracked: TrackedInventory | undefined,
    packageChanges: readonly PackageChange[],
  ): Promise<Move | undefined> {
    const { object } = this;
    this.#newer ??= await this.#listed(tracked);
    if (!tracked) return this.#first(this.#newer);
    const seen = { object, tracked, packageChanges };
    const settled = await this.#settled(seen);
    if (settled) return settled;
    for (const version of this.#newer.slice(this.#at)) {
      this.#at += 1;
      const move = version.deleteMarker
        ? await takeDeletion(seen, version, this.#ports)
        : await takeStep(seen, version, this.#ports);
      if (move) return move;
    }
    return undefined;
  }

  /** Somebody else has moved it: what is new is asked for again. */
  again(): void {
    this.#newer = undefined;
    this.#at = 0;
    this.#isSettled = false;
  }

  async #first(newer: readonly ListedVersion[]): Promise<Move | undefined> {
    const { object } = this;
    for (const version of newer.slice(this.#at)) {
      this.#at += 1;
      if (!version.deleteMarker) return takeBaseline(object, version, this.#ports);
    }
    return undefined;
  }

  /** Where nothing differs, only a baseline can be approved, which is asked for. */
  async #settled(seen: Seen): Promise<Move | undefined> {
    const isOpen = seen.tracked.ledger !== undefined || this.#isAsked;
    if (this.#isSettled || !isOpen) return undefined;
    this.#isSettled = true;
    const approvals = await this.#ports.tracked.approvals(this.object);
    const laterThan = (versionId: string) => this.#laterThan(versionId, seen.tracked);
    return settle(await knownOf(seen, this.#ports), { approvals, laterThan }, this.#ports);
  }

  /** What S3 has stored since; where the version that was compared last is gone, what it has stored after that. */
  async #listed(tracked: TrackedInventory | undefined): Promise<readonly ListedVersion[]> {
    const { found, versions } = await this.#since(tracked?.seen.versionId);
    if (found || !tracked) return versions;
    const later = versions.filter(({ storedAt }) => storedAt >= tracked.seen.storedAt);
    return later.length > 0 ? later : versions.slice(-1);
  }

  async #laterThan(
    versionId: string,
    { seen }: TrackedInventory,
  ): Promise<ReadonlySet<string> | undefined> {
    if (versionId === seen.versionId) return new Set();
    const { found, versions } = await this.#since(versionId);
    const ids = versions.map((version) => version.versionId);
    return found ? new Set(ids.slice(0, ids.indexOf(seen.versionId) + 1)) : undefined;
  }

  #since(versionId: string | undefined) {
    const { bucket, key } = this.object;
    return this.#ports.inventories.since(bucket, formatInventoryKey(key), versionId);
  }
}
