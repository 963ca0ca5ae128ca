import type { KevEntry } from '@riposte/rules';
import * as z from 'zod';
import { FeedRejectedError } from './errors.ts';

/** A feed as it was read: rows by CVE id. */
export interface ParsedFeed<TEntry> {
  /** ISO 8601: when it was published. */
  readonly asOf: string;
  readonly version: string;
  readonly rows: ReadonlyMap<string, TEntry>;
}

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** CISA's schema, as far as it is used here; members that it adds are passed over. */
const catalog = z.object({
  catalogVersion: z.string().min(1).max(64),
  dateReleased: z.iso.datetime({ offset: true }),
  count: z.int().min(1),
  vulnerabilities: z.array(
    z.object({
      cveID: z.string().regex(/^CVE-\d{4}-\d{4,19}$/),
      vulnerabilityName: z.string(),
      dateAdded: date,
      dueDate: date,
      knownRansomwareCampaignUse: z.string().optional(),
    }),
  ),
});

/**
 * Reads CISA's catalog of known exploited vulnerabilities.
 *
 * @throws FeedRejectedError naming the first field that is wrong.
 * @see https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities_schema.json
 */
export function parseKev(body: Uint8Array): ParsedFeed<KevEntry> {
  const { catalogVersion, dateReleased, count, vulnerabilities } = read(body);
  if (vulnerabilities.length !== count) {
    throw new FeedRejectedError('count', `says ${count}, but there are ${vulnerabilities.length}`);
  }
  const rows = vulnerabilities.map((entry): [string, KevEntry] => [
    entry.cveID,
    {
      name: entry.vulnerabilityName.slice(0, 200),
      dateAdded: entry.dateAdded,
      dueDate: entry.dueDate,
      ransomware: entry.knownRansomwareCampaignUse === 'Known',
    },
  ]);
  const asOf = new Date(dateReleased).toISOString();
  return { asOf, version: catalogVersion, rows: new Map(rows) };
}

function read(body: Uint8Array): z.infer<typeof catalog> {
  const result = catalog.safeParse(jsonOf(body));
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.map(String).join('.') || '(root)';
  throw new FeedRejectedError(path, 'is missing or wrong', { cause: result.error });
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    throw new FeedRejectedError('(root)', 'is not JSON', { cause });
  }
}
