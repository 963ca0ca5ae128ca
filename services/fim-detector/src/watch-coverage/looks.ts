import type { DetectorMessage } from '@riposte/inventory';
import type { InventoryObject } from '../ports.ts';

/** Why an inventory is looked at. */
export type LookReason = Extract<DetectorMessage, { riposte: 'look' }>['reason'];

/** An inventory that is to be looked at. */
export interface Look extends InventoryObject {
  readonly reason: LookReason;
}

/** The detector's queue. */
export interface Looks {
  send(looks: readonly Look[]): Promise<void>;
}
