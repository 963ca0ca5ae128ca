import { type Finding, findingKey } from '@riposte/findings';
import { type HistoryEntry, historyKey, nextEntry } from '@riposte/rules';
import { RouterError } from '../errors.ts';
import { standingOf } from '../finding-standing.ts';

/** Histories in the router's table. */
export interface History {
  of(resource: string, control: string): Promise<HistoryEntry | undefined>;
  /** Writes an entry on condition that the stored one is the version before; false where it is not. */
  put(entry: HistoryEntry): Promise<boolean>;
}

/** Others are writing the same history at the same time, again and again. */
export class HistoryContentionError extends RouterError {
  override readonly name = 'HistoryContentionError';
  readonly retryable = true;
}

const maxAttempts = 8;

/**
 * Notes that a finding is open or closed, where that is new. One read for most findings, one write for what happened.
 *
 * @param at ISO 8601: the time of the event.
 * @throws HistoryContentionError when others were faster every time: retrying helps.
 */
export async function noteFinding(finding: Finding, at: string, history: History): Promise<void> {
  const { closed, because } = standingOf(finding);
  const sighting = {
    key: findingKey(finding),
    closed,
    at,
    ...(because !== undefined && { because }),
  };
  const key = historyKey(finding);
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const entry = nextEntry(await history.of(key.resource, key.control), key, sighting);
    if (!entry || (await history.put(entry))) return;
  }
  throw new HistoryContentionError(`${maxAttempts} others wrote meanwhile`);
}
