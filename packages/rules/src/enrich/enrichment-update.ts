import { cutText, escapeText, type Finding, findingKey } from '@riposte/findings';
import type { Enrich, FindingUpdate } from '../model/action.ts';
import type { OwnerContext } from '../ownership/owner-context.ts';
import { type OwnerField, ownerFields } from '../ownership/owner-fields.ts';
import type { CveContext, FeedStanding } from './cve-facts.ts';
import { type HistoryEntry, historyText } from './history-entry.ts';
import type { RiskScore } from './risk-score.ts';

/** What was found out about a finding. Absent: not asked for. */
export interface EnrichmentFacts {
  readonly owner?: OwnerContext;
  readonly history?: HistoryReading;
  readonly cve?: CveContext;
  readonly risk?: RiskScore;
}

/** A history, or why it could not be read. */
export type HistoryReading =
  | { readonly entry: HistoryEntry | undefined }
  | { readonly problem: string };

/** @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
const fieldLength = 1024;
const noteLength = 512;

const fieldNames: Readonly<Record<OwnerField, string>> = {
  owner: 'owner',
  team: 'team',
  businessCriticality: 'business-criticality',
  dataClassification: 'data-classification',
  environment: 'environment',
};

/**
 * What of an enrichment goes on the finding. ASFF: user-defined fields `riposte:…`, and a note only where the severity is set, because a
 * finding has one note and analysts write it. OCSF has no such fields: all is in the note. GuardDuty's own findings take nothing.
 *
 * Says the same as long as nothing has changed: no ages, no dates of fresh feeds, scores with two digits; a text that differs with every
 * evaluation would be an update, an event and an evaluation more, for ever. What is not known any more is overwritten by `unknown`.
 *
 * @example
 * enrichmentUpdate(finding, { owner, risk }, { with: ['owner', 'risk'], setSeverity: true });
 */
export function enrichmentUpdate(
  finding: Finding,
  facts: EnrichmentFacts,
  { setSeverity = false }: Pick<Enrich, 'setSeverity'> = {},
): FindingUpdate {
  const { risk } = facts;
  const severity = risk && setSeverity ? { severity: risk.severity } : {};
  if (finding.format === 'guardduty') return {};
  const fields = fieldsOf(finding, facts);
  if (Object.keys(fields).length === 0) return {};
  if (finding.format === 'ocsf') return { ...severity, note: noteOf(fields) };
  return {
    ...severity,
    ...(risk && setSeverity && { note: noteOf(riskFields(risk)) }),
    userDefinedFields: Object.fromEntries(
      Object.entries(fields).map(([name, text]) => [`riposte:${name}`, cutText(text, fieldLength)]),
    ),
  };
}

type Fields = Readonly<Record<string, string>>;

function fieldsOf(finding: Finding, { owner, history, cve, risk }: EnrichmentFacts): Fields {
  const unknown = [
    ...(owner?.problems ?? []),
    ...(history && 'problem' in history ? [history.problem] : []),
    ...(cve ? feedProblems(cve) : []),
    ...(risk?.unknown ?? []).map(({ input, reason }) => `${inputName(input)}: ${reason}`),
  ];
  const fields = {
    ...(risk && riskFields(risk)),
    ...(owner && ownerFieldsOf(owner)),
    ...(cve && cveFields(cve)),
    ...(history && {
      history: 'problem' in history ? 'unknown' : historyText(history.entry, findingKey(finding)),
    }),
  };
  if (Object.keys(fields).length === 0) return {};
  return { ...fields, unknown: [...new Set(unknown)].join('; ') || 'nothing' };
}

function riskFields({ score, severity, contributions }: RiskScore): Fields {
  const why = contributions
    .filter(({ points, input }) => points > 0 || input === 'severity')
    .map(({ input, value, points }) => `${inputName(input)} ${plain(value)} ${points}`)
    .join(' + ');
  return { 'risk-score': String(score), 'risk-severity': severity, 'risk-why': why };
}

/** `unknown`: a source could not be read. `none`: nobody says. */
function ownerFieldsOf(owner: OwnerContext): Fields {
  return Object.fromEntries(
    ownerFields.map((field) => {
      const none = owner.unknown?.includes(field) ? 'unknown' : 'none';
      return [fieldNames[field], plain(owner[field] ?? none)];
    }),
  );
}

function cveFields({ cves, feeds, leftOut }: CveContext): Fields {
  if (cves.length === 0) return {};
  const rest = leftOut > 0 ? ` (${leftOut} more were not looked up)` : '';
  const known = cves.flatMap(({ cve, kev }) =>
    kev
      ? [`${cve} since ${kev.dateAdded}, due ${kev.dueDate}${kev.ransomware ? ', ransomware' : ''}`]
      : [],
  );
  const [likeliest] = cves
    .flatMap(({ cve, epss }) => (epss ? [{ cve, ...epss }] : []))
    .sort((one, other) => other.score - one.score);
  const epss = likeliest
    ? `${digits(likeliest.score)} (${likeliest.cve}, percentile ${digits(likeliest.percentile)})`
    : 'no score';
  return {
    kev: says(feeds.kev, known.join('; ') || `none of its CVEs${rest}`),
    epss: says(feeds.epss, `${epss}${likeliest ? rest : ''}`),
  };
}

function says(feed: FeedStanding, text: string): string {
  if (feed.state === 'unknown') return 'unknown';
  return feed.state === 'stale' ? `${text} (stale, as of ${feed.asOf.slice(0, 10)})` : text;
}

function feedProblems({ cves, feeds }: CveContext): readonly string[] {
  if (cves.length === 0) return [];
  return [feeds.kev, feeds.epss].flatMap((feed) => (feed.state === 'unknown' ? [feed.reason] : []));
}

function digits(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function inputName(input: string): string {
  return input.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Tags are anybody's words: one line, nothing invisible, and nothing that a template would take for its own. */
function plain(text: string): string {
  return escapeText(text, 256).replace(/\{(?=[{%])/g, '{ ');
}

function noteOf(fields: Fields): string {
  const { 'risk-score': score, 'risk-severity': severity, 'risk-why': why, ...rest } = fields;
  const risk = score === undefined ? [] : [`risk ${score} of 100, ${severity} (${why})`];
  const others = Object.entries(rest)
    .filter(([, text]) => text !== 'none' && text !== 'nothing')
    .map(([name, text]) => `${name.replaceAll('-', ' ')}: ${text}`);
  return cutText(
    `${[...risk, ...others].join('. ') || 'nothing is known of its resource'}.`,
    noteLength,
  );
}
