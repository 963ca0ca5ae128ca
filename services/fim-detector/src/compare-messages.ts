import { trackedId } from '@riposte/inventory';
import { logger, measure, type QueueMessage } from '@riposte/lambda';
import type { Asked } from './envelopes/asked.ts';
import { readMessage } from './envelopes/read-message.ts';
import { ForeignBucketError } from './errors.ts';
import type { LookedObject, LookFailures } from './look-at/look-at.ts';

/** What dealing with messages of the detector's queue needs. */
export interface ComparePorts {
  /** The bucket that is watched. */
  readonly bucket: string;
  look(objects: readonly LookedObject[]): Promise<LookFailures>;
  /** Hands in findings that Security Hub had refused. */
  importAgain(findings: unknown): Promise<void>;
}

/**
 * Deals with messages of the detector's queue together: inventories that several of them name are looked at once.
 *
 * @returns what failed, by message.
 */
export function compareMessages({ bucket, look, importAgain }: ComparePorts) {
  return async (messages: readonly QueueMessage[]): Promise<ReadonlyMap<string, unknown>> => {
    const failures = new Map<string, unknown>();
    const wanted = new Map<string, readonly LookedObject[]>();
    for (const { id, body } of messages) {
      try {
        const asked = askedIn(body, { id, bucket });
        if (asked.findings.length > 0) await importAgain(asked.findings);
        wanted.set(id, asked.objects);
      } catch (error) {
        failures.set(id, error);
      }
    }
    const objects = [...wanted.values()].flat();
    const failed: LookFailures = objects.length > 0 ? await look(objects) : new Map();
    for (const [id, those] of wanted) {
      const first = those.map(trackedId).find((object) => failed.has(object));
      if (first !== undefined) failures.set(id, failed.get(first));
    }
    return failures;
  };
}

/** @throws MalformedEventError, ForeignBucketError */
function askedIn(body: unknown, message: { readonly id: string; readonly bucket: string }): Asked {
  const asked = readMessage(body);
  tellOf(asked, message.id);
  const foreign = asked.objects.find(({ bucket }) => bucket !== message.bucket);
  if (foreign) throw new ForeignBucketError(foreign.bucket);
  return asked;
}

function tellOf({ passedOver, unversioned }: Asked, messageId: string): void {
  if (passedOver > 0) logger.info('an object is no inventory', { messageId, passedOver });
  if (unversioned === 0) return;
  logger.error('the inventory bucket keeps no versions', { messageId, unversioned });
  measure({ name: 'InventoriesUnversioned', unit: 'Count', value: unversioned });
}
