import { asffLabels, type Finding } from '@riposte/findings';
import type { SeverityLabel } from '../model/action.ts';
import type { ResourceContext } from '../model/rule-set.ts';
import { worseSeverity } from '../model/severity-rank.ts';
import type { CveContext } from './cve-facts.ts';
import { cveIdsOf } from './cve-ids.ts';
import { exposureOf } from './exposure-of.ts';
import { providerSeverity } from './provider-severity.ts';
import { labelOf, type RiskInput, type RiskInputs, riskPoints, scoreOf } from './risk-formula.ts';
import {
  businessCriticality,
  dataClassification,
  environment,
  levelOf,
  type Scale,
} from './risk-levels.ts';

/** What the score is worked out from, besides the finding. Absent: it was not asked for. */
export interface RiskFacts {
  readonly context?: ResourceContext;
  readonly cve?: CveContext;
  /** How often the control failed on this resource before. */
  readonly occurrences?: number;
}

/** One line of the explanation. */
export interface RiskContribution {
  readonly input: RiskInput;
  /** What was found, in words. */
  readonly value: string;
  readonly points: number;
}

/** A risk score that says what it is made of. */
export interface RiskScore {
  /** 0 to 100. */
  readonly score: number;
  readonly severity: SeverityLabel;
  readonly contributions: readonly RiskContribution[];
  /** What is not known, and why: it added nothing. */
  readonly unknown: readonly { readonly input: RiskInput; readonly reason: string }[];
}

type Known = { readonly value: string; readonly inputs: Partial<RiskInputs> };
type Reading = Known | { readonly reason: string };

/** Where a finding says nothing of exposure, its severity may be lowered all the same: most resources are not exposed. */
const doNotHoldSeverity: ReadonlySet<RiskInput> = new Set<RiskInput>(['exposed']);

/**
 * Scores a finding from 0 to 100 and says why. The severity that the score stands for is below the provider's only where every input is
 * known: what could not be read may not make a finding look better.
 *
 * @see docs/risk-score.md
 * @example
 * const { score, severity, contributions } = riskScore(finding, { context, cve, occurrences: 3 });
 */
export function riskScore(finding: Finding, facts: RiskFacts): RiskScore {
  const given = providerSeverity(finding);
  const readings = readingsOf(finding, facts);
  const known = readings.flatMap(([input, reading]) =>
    'value' in reading ? [{ input, ...reading }] : [],
  );
  const unknown = readings.flatMap(([input, reading]) =>
    'reason' in reading ? [{ input, reason: reading.reason }] : [],
  );
  let inputs: RiskInputs = { severity: given };
  for (const reading of known) inputs = { ...inputs, ...reading.inputs };
  const points = riskPoints(inputs);
  const score = scoreOf(points);
  const label = labelOf(score);
  const stated = { input: 'severity' as const, value: given };
  const holds = unknown.some(({ input }) => !doNotHoldSeverity.has(input));
  return {
    score,
    severity: holds ? worseSeverity(label, asffLabels[given]) : label,
    contributions: [stated, ...known].map(({ input, value }) => ({
      input,
      value,
      points: points[input] ?? 0,
    })),
    unknown,
  };
}

/** What is known of each input, in the order of the explanation. Inputs that do not apply, such as KEV without a CVE, are left out. */
function readingsOf(
  finding: Finding,
  { context, cve, occurrences }: RiskFacts,
): readonly (readonly [RiskInput, Reading])[] {
  const exposed = exposureOf(finding);
  return [
    ['businessCriticality', levelReading(businessCriticality, 'businessCriticality', context)],
    ['dataClassification', levelReading(dataClassification, 'dataClassification', context)],
    ['environment', levelReading(environment, 'environment', context)],
    [
      'exposed',
      exposed
        ? { value: 'reachable from outside', inputs: { exposed } }
        : { reason: 'the finding does not say' },
    ],
    ...cveReadings(finding, cve),
    [
      'occurrences',
      occurrences === undefined
        ? { reason: 'the history was not read' }
        : { value: `${occurrences} before`, inputs: { occurrences } },
    ],
  ];
}

function levelReading(
  scale: Scale,
  field: 'businessCriticality' | 'dataClassification' | 'environment',
  context: ResourceContext | undefined,
): Reading {
  const word = context?.[field];
  if (word === undefined) {
    return { reason: context?.unknown?.includes(field) ? 'could not be read' : 'nobody says' };
  }
  const level = levelOf(scale, word);
  if (!level) return { reason: `no ${scale.name} is called that` };
  return { value: level.level, inputs: { [field]: level.points } };
}

function cveReadings(
  finding: Finding,
  cve: CveContext | undefined,
): readonly (readonly [RiskInput, Reading])[] {
  if (!cve) {
    if (cveIdsOf(finding).length === 0) return [];
    const reason = 'CVEs were not looked up';
    return [
      ['exploited', { reason }],
      ['epss', { reason }],
    ];
  }
  if (cve.cves.length === 0) return [];
  return [
    ['exploited', kevReading(cve)],
    ['epss', epssReading(cve)],
  ];
}

function kevReading({ cves, feeds, leftOut }: CveContext): Reading {
  const exploited = cves.filter(({ kev }) => kev);
  const ransomware = exploited.some(({ kev }) => kev?.ransomware);
  if (exploited.length > 0) {
    const named = exploited.map(({ cve }) => cve).join(', ');
    const value = ransomware ? `${named}, used for ransomware` : named;
    return { value, inputs: { exploited: true, ransomware } };
  }
  if (feeds.kev.state === 'unknown') return { reason: feeds.kev.reason };
  if (leftOut > 0) return { reason: `${leftOut} of its CVEs were not looked up` };
  return { value: 'not in the catalog', inputs: { exploited: false } };
}

function epssReading({ cves, feeds }: CveContext): Reading {
  const scores = cves.flatMap(({ cve, epss }) => (epss ? [{ cve, score: epss.score }] : []));
  const [highest] = scores.sort((one, other) => other.score - one.score);
  if (highest) {
    return { value: `${highest.score} (${highest.cve})`, inputs: { epss: highest.score } };
  }
  return {
    reason: feeds.epss.state === 'unknown' ? feeds.epss.reason : 'EPSS has no score for its CVEs',
  };
}
