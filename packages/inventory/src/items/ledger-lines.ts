import { MalformedEventError, type Severity } from '@riposte/findings';
import { canonicalJson } from '@riposte/findings/evidence';
import * as z from 'zod';
import type { InventoryKey } from '../model/inventory-key.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Signal } from '../model/signal.ts';
import { sighting, time } from './shapes.ts';

/** Where the ledgers of an inventory lie in the evidence bucket. */
export function ledgerFolder({
  account,
  region,
  node,
  type,
}: Omit<InventoryKey, 'prefix'>): string {
  return `fim/ledgers/${account}/${region}/${node}/${type}/`;
}

/** The key of one ledger: the version of the inventory that it is about, and what it holds. */
export function ledgerKey(
  key: Omit<InventoryKey, 'prefix'>,
  { versionId, sha256 }: { readonly versionId: string; readonly sha256: string },
): string {
  return `${ledgerFolder(key)}${versionId}-${sha256}.ndjson`;
}

/**
 * A ledger as it lies there: a line for each entry (NDJSON), by the UTF-16 units of their identities, each in canonical JSON. Equal ledgers
 * are equal bytes, whoever writes them.
 */
export function ledgerLines(entries: Iterable<LedgerEntry>): string {
  return [...entries]
    .sort((one, other) => (one.identity < other.identity ? -1 : 1))
    .map((entry) => `${canonicalJson(entry)}\n`)
    .join('');
}

/**
 * Reads a ledger back.
 *
 * @throws MalformedEventError naming the line and the first wrong field.
 */
export function readLedger(text: string): readonly LedgerEntry[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => readLine(line, index + 1));
}

function readLine(line: string, number: number): LedgerEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new MalformedEventError(`line ${number}`, { cause });
  }
  const { data, error } = entrySchema.safeParse(value);
  if (data) return data;
  const path = error.issues[0]?.path.map(String).join('.') ?? '';
  throw new MalformedEventError(`line ${number}: ${path}`, { cause: error });
}

const text = z.string();
const things = z.array(z.object({ identity: text, name: text, attributes: z.record(text, text) }));
const severities: Readonly<Record<Severity, true>> = {
  informational: true,
  low: true,
  medium: true,
  high: true,
  critical: true,
};
/** Names of signals only grow: one of a newer version is kept as it is. */
const signal = z.custom<Signal>((value) => typeof value === 'string');
const severity = z.custom<Severity>((value) => Object.hasOwn(severities, String(value)));

const entrySchema: z.ZodType<LedgerEntry> = z.object({
  identity: text,
  name: text,
  before: things,
  after: things,
  unreadable: z.literal('after').exactOptional(),
  since: z.object({ from: sighting, to: sighting }),
  openedAt: time,
  last: sighting,
  changes: z.number(),
  signals: z.array(signal),
  moved: text.exactOptional(),
  rule: text.exactOptional(),
  severity: severity.exactOptional(),
  window: text.exactOptional(),
  findingId: text.exactOptional(),
  exception: z.object({ approvalId: text, until: time }).exactOptional(),
});
