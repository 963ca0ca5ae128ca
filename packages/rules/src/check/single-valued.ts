import { asffFields } from '../evaluate/asff-fields.ts';
import { ocsfFields } from '../folder/schema/ocsf-fields.ts';

/** What ASFF and OCSF define as lists; what lies in one may have another value in each entry. */
const lists = {
  asff: [
    'Compliance.AssociatedStandards',
    'Compliance.SecurityControlParameters',
    'FindingProviderFields.RelatedFindings',
    'FindingProviderFields.Types',
    'Malware',
    'RelatedFindings',
    'Resources',
    'ThreatIntelIndicators',
    'Types',
    'Vulnerabilities',
  ],
  ocsf: [
    'compliance.assessments',
    'compliance.standards',
    'databucket.file.data_classifications',
    'evidences',
    'finding_info.related_events',
    'finding_info.types',
    'malware',
    'remediation.references',
    'resources',
    'vulnerabilities',
  ],
} as const;

/**
 * Paths that hold one value in every finding that is as ASFF and OCSF define it. Only of these do two tests speak of the same value; a list may
 * hold one value for each.
 */
export const singleValued: Readonly<Record<'asff' | 'ocsf' | 'guardduty', ReadonlySet<string>>> = {
  asff: outside(
    lists.asff,
    [...asffFields.values()]
      .filter(({ kind }) => kind !== 'map' && kind !== 'keyword')
      .map(({ path }) => path),
  ),
  ocsf: outside(lists.ocsf, [...ocsfFields.string, ...ocsfFields.number, ...ocsfFields.date]),
  guardduty: new Set(),
};

function outside(roots: readonly string[], paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.filter((path) => roots.every((root) => !`${path}.`.startsWith(`${root}.`))));
}
