import { type Finding, isArn } from '@riposte/findings';
import {
  type CveContext,
  cveIdsOf,
  type Enrich,
  type FoundOut,
  type HistoryReading,
  type OwnerContext,
  type Owners,
  ownerFields,
  sourcesOf,
} from '@riposte/rules';

/** As many as the service looks up of a finding. */
const mostCves = 50;

/** What is said of sources that the service asks and a preview does not. */
export const unasked = {
  liveTags: 'live tags were not read',
  units: 'organizational units were not read',
  history: 'the history was not read',
  kev: 'KEV was not read',
  epss: 'EPSS was not read',
} as const;

/**
 * What can be found out about a finding without asking anybody: owners by its tags and the ownership file. Of everything else it is said that it was
 * not asked, so that a score counts nothing for it and lowers no severity.
 *
 * @param history where it was read.
 */
export function foundWithoutAsking(
  finding: Finding,
  wish: Enrich,
  owners: Owners,
  history: HistoryReading = { problem: unasked.history },
): FoundOut {
  const asked = sourcesOf(wish);
  return {
    ...(asked.owner && { owner: ownerContext(finding, owners) }),
    ...(asked.history && { history }),
    ...(asked.cve && { cve: cveContext(finding) }),
  };
}

function ownerContext({ resources }: Finding, { context, origins }: Owners): OwnerContext {
  const isTagged = ownerFields.every((field) => origins[field] === 'finding tag');
  const hasArn = resources.some(({ id }) => isArn(id));
  const problems = [
    ...(!isTagged && hasArn ? [unasked.liveTags] : []),
    ...(context.unknown ? [unasked.units] : []),
  ];
  return { ...context, origins, problems };
}

function cveContext(finding: Finding): CveContext {
  const ids = cveIdsOf(finding);
  return {
    cves: ids.slice(0, mostCves).map((cve) => ({ cve })),
    feeds: {
      kev: { state: 'unknown', reason: unasked.kev },
      epss: { state: 'unknown', reason: unasked.epss },
    },
    leftOut: Math.max(0, ids.length - mostCves),
  };
}
