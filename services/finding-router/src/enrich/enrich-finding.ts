import type { Finding } from '@riposte/findings';
import {
  cveIdsOf,
  type Enrich,
  type EnrichedFinding,
  enrichedFinding,
  type HistoryReading,
  historyKey,
  sourcesOf,
} from '@riposte/rules';
import { cveContext } from '../feeds/cve-context.ts';
import type { FeedStore } from '../feeds/ports.ts';
import type { History } from './note-finding.ts';
import { type OwnerSources, ownerContext } from './owner-context.ts';

/** What enrichment asks. */
export interface EnrichPorts extends OwnerSources {
  readonly history: Pick<History, 'of'>;
  readonly feeds: FeedStore;
}

/**
 * Finds out what rules ask for. The risk score needs the other three, which are asked for with it, and shown only where they were asked for by
 * name. Never throws: what could not be read is named in the update.
 *
 * @example
 * await enrichFinding(finding, wishOf(actions), ports, now);
 */
export async function enrichFinding(
  finding: Finding,
  wish: Enrich,
  ports: EnrichPorts,
  now: Date,
): Promise<EnrichedFinding> {
  const asked = sourcesOf(wish);
  const [owner, history, cve] = await Promise.all([
    asked.owner ? ownerContext(finding, ports) : undefined,
    asked.history ? readHistory(finding, ports) : undefined,
    asked.cve ? cveContext(cveIdsOf(finding), ports.feeds, now) : undefined,
  ]);
  return enrichedFinding(finding, wish, {
    ...(owner && { owner }),
    ...(history && { history }),
    ...(cve && { cve }),
  });
}

async function readHistory(
  finding: Finding,
  { history }: Pick<EnrichPorts, 'history'>,
): Promise<HistoryReading> {
  try {
    const { resource, control } = historyKey(finding);
    return { entry: await history.of(resource, control) };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    return { problem: `the history could not be read (${name})` };
  }
}
