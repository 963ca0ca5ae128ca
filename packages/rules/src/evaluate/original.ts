import type { EvaluationBasis } from '../model/rule.ts';
import { type Document, type Format, member, memberOf } from './source.ts';

/** Gives a member of a document as one basis sees it. */
export type Root = (document: Document) => unknown;

/** Lowest normalized score of each label. @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_SeverityUpdate.html */
export const severityScores: Readonly<Record<string, number>> = {
  CRITICAL: 90,
  HIGH: 70,
  MEDIUM: 40,
  LOW: 1,
  INFORMATIONAL: 0,
};

/** The label that Security Hub adds to a score. */
export function labelOfScore(score: number): string | undefined {
  return Object.keys(severityScores).find((label) => score >= (severityScores[label] ?? 0));
}

/** The label that the document states, or the one of its score, as Security Hub adds it. */
function severityLabel(severity: unknown): unknown {
  const label = memberOf(severity, 'Label');
  if (typeof label === 'string') return label;
  const score = memberOf(severity, 'Normalized');
  return typeof score === 'number' ? labelOfScore(score) : undefined;
}

function providerLabel(document: Document): string | undefined {
  const severity = memberOf(member(document, 'FindingProviderFields'), 'Severity');
  const label = memberOf(severity, 'Label');
  return typeof label === 'string' ? label : undefined;
}

function severityScore(severity: unknown): unknown {
  const score = memberOf(severity, 'Normalized');
  if (typeof score === 'number') return score;
  const label = memberOf(severity, 'Label');
  return typeof label === 'string' ? scoreOf(label) : undefined;
}

function scoreOf(label: string): unknown {
  return member(severityScores, label);
}

/** Paths of ASFF that are more than what lies there: label and score of a severity follow from each other. */
const asffPaths: Readonly<Record<EvaluationBasis, Readonly<Record<string, Root>>>> = {
  original: {
    'Severity.Label': (document) =>
      providerLabel(document) ?? severityLabel(member(document, 'Severity')),
    'Severity.Normalized': (document) => {
      const label = providerLabel(document);
      return (label && scoreOf(label)) ?? severityScore(member(document, 'Severity'));
    },
  },
  current: {
    'Severity.Label': (document) => severityLabel(member(document, 'Severity')),
    'Severity.Normalized': (document) => severityScore(member(document, 'Severity')),
  },
};

/** What a provider said in `FindingProviderFields` stays there when others change the finding. */
function fromProvider(name: string): Root {
  return (document) =>
    memberOf(member(document, 'FindingProviderFields'), name) ?? member(document, name);
}

/** What a consumer may change in OCSF; the provider's value stays in `vendor_attributes`. */
function fromVendor(name: string): Root {
  return (document) =>
    memberOf(member(document, 'vendor_attributes'), name) ?? member(document, name);
}

/** Members that no provider sets, as they are on a new finding; undefined: not there. */
const asNew: Readonly<Record<Format, Readonly<Record<string, unknown>>>> = {
  asff: {
    Workflow: Object.freeze({ Status: 'NEW' }),
    Note: undefined,
    UserDefinedFields: undefined,
    VerificationState: undefined,
  },
  ocsf: { status: 'New', status_id: 1, comment: undefined },
  guardduty: {},
};

function newRoots(format: Format): Readonly<Record<string, Root>> {
  const roots = Object.entries(asNew[format]).map(([name, value]) => [name, () => value]);
  return Object.fromEntries(roots);
}

/** Members that read otherwise as the provider gave them. What a provider cannot set is as on a new finding. */
const originalRoots: Readonly<Record<Format, Readonly<Record<string, Root>>>> = {
  asff: {
    Severity: (document) => member(document, 'Severity'),
    Confidence: fromProvider('Confidence'),
    Criticality: fromProvider('Criticality'),
    Types: fromProvider('Types'),
    RelatedFindings: fromProvider('RelatedFindings'),
    ...newRoots('asff'),
  },
  ocsf: {
    severity: fromVendor('severity'),
    severity_id: fromVendor('severity_id'),
    ...newRoots('ocsf'),
  },
  guardduty: {},
};

/** True where the two bases may read different values of that member. */
export function hasOriginal(format: Format, name: string): boolean {
  return Object.hasOwn(originalRoots[format], name);
}

/** What a member is that no provider sets: not there, or as on a new finding; undefined where providers may set it. */
export function unsetByProviders(name: string): 'absent' | 'new' | undefined {
  const members = Object.values(asNew).find((one) => Object.hasOwn(one, name));
  if (members === undefined) return undefined;
  return members[name] === undefined ? 'absent' : 'new';
}

/** How one basis reads a member of the document; undefined where it is just that member. */
export function rootOf(format: Format, basis: EvaluationBasis, name: string): Root | undefined {
  return basis === 'original' && hasOriginal(format, name)
    ? originalRoots[format][name]
    : undefined;
}

/** How one basis reads a whole path, where that is not a walk. */
export function wholePathOf(
  format: Format,
  basis: EvaluationBasis,
  path: string,
): Root | undefined {
  const paths = asffPaths[basis];
  return format === 'asff' && Object.hasOwn(paths, path) ? paths[path] : undefined;
}

/** Where the original of a text is in most findings. */
const shortcuts: Readonly<Record<string, readonly string[]>> = {
  'Severity.Label': ['FindingProviderFields', 'Severity', 'Label'],
  severity: ['vendor_attributes', 'severity'],
};

/** Members that lead to a text that no rule changes, in most findings. */
export function shortcutOf(
  format: Format,
  { basis, path }: { basis: EvaluationBasis; path: string },
) {
  const names = path.split('.');
  if (!hasOriginal(format, names[0] ?? '')) return names;
  return basis === 'original' && Object.hasOwn(shortcuts, path) ? shortcuts[path] : undefined;
}
