import { type Approval, type TrackedInventory, trackedId } from '@riposte/inventory';
import type { Clock } from '@riposte/responses';
import type { Look, Looks } from './looks.ts';
import type { Progress } from './progress.ts';
import { isInHands, isSilent, type SilenceOptions } from './silence.ts';
import { remindAfter } from './watched-problem.ts';

/** Everything that is known of inventories. */
export interface AllInventories {
  page(after: string): Promise<{
    readonly inventories: readonly TrackedInventory[];
    readonly approvals: readonly Approval[];
    readonly next?: string;
  }>;
}

/** What watching inventories needs. */
export interface InventoryPorts {
  readonly all: AllInventories;
  readonly looks: Looks;
  readonly progress: Progress;
  /** Both resolve with how many findings were handed in. */
  readonly tellSilence: (silent: readonly TrackedInventory[]) => Promise<number>;
  readonly followSilence: (silent: readonly TrackedInventory[]) => Promise<number>;
  readonly clock: Clock;
  readonly timeLeft: () => number;
}

/** Kept for what comes after. */
const reserve = 45_000;
const day = 24 * 3_600_000;

/** What a pass over the table came to. */
export interface InventoriesWatched {
  readonly inventories: number;
  readonly silent: number;
  readonly told: number;
  readonly looks: number;
  readonly isWhole: boolean;
}

/**
 * Goes through all that is known of inventories: those that have not come are told of, exceptions that have ended and drift that Security Hub
 * would forget are looked at again. Goes on where the run before had to stop.
 */
export async function watchInventories(
  ports: InventoryPorts,
  options: SilenceOptions & { readonly bucket: string },
): Promise<InventoriesWatched> {
  const { all, looks, progress, clock, timeLeft } = ports;
  const { itemsAfter = '', itemsSince, exceptionsUpTo = '' } = await progress.read();
  const now = clock();
  const since = itemsAfter === '' || !itemsSince ? now.toISOString() : itemsSince;
  const counts = { inventories: 0, silent: 0, told: 0, looks: 0 };
  let after: string | undefined = itemsAfter;
  while (after !== undefined && timeLeft() > reserve) {
    const page = await all.page(after);
    const silent = page.inventories.filter((one) => isSilent(one, options, now));
    const untold = silent.filter((one) => one.coverage['not-reporting'] === undefined);
    counts.told += await ports.tellSilence(untold.filter((one) => !isInHands(one)));
    counts.told += await ports.followSilence(silent.filter((one) => !untold.includes(one)));
    const due: readonly Look[] = [
      // A key that fell silent may be one that was deleted unheard; one in hands may be left by who died.
      ...untold.map((one) => lookAt(one, 'sweep')),
      ...page.inventories
        .filter((one) => isForgotten(one, now))
        .map((one) => lookAt(one, 'remind')),
      ...page.approvals
        .filter(({ until }) => until !== undefined && until > exceptionsUpTo && until <= since)
        .map((approval) =>
          lookAt({ bucket: options.bucket, key: keyOf(approval) }, 'exception-ended'),
        ),
    ];
    await looks.send(due);
    counts.inventories += page.inventories.length;
    counts.silent += silent.length;
    counts.looks += due.length;
    after = page.next;
    await progress.note({
      itemsAfter: after ?? '',
      itemsSince: since,
      ...(after === undefined && { exceptionsUpTo: since }),
    });
  }
  return { ...counts, isWhole: after === undefined };
}

function lookAt({ bucket, key }: Pick<Look, 'bucket' | 'key'>, reason: Look['reason']): Look {
  return { bucket, key, reason };
}

function keyOf({ prefix, type, account, region, node }: Approval): Look['key'] {
  return { prefix, type, account, region, node };
}

/** Drift that was told longer ago than 30 days: Security Hub forgets it after 90. Each is asked for once a day, at a time of its own. */
function isForgotten(one: TrackedInventory, now: Date): boolean {
  if (!one.ledger?.entries || now.getTime() - Date.parse(one.reportedAt) < remindAfter)
    return false;
  const slots = day / (15 * 60_000);
  const sum = [...trackedId(one)].reduce((all, letter) => all + letter.charCodeAt(0), 0);
  return sum % slots === Math.floor(now.getTime() / (15 * 60_000)) % slots;
}
