import * as z from 'zod';
import { MalformedEventError, UnknownEventError } from './errors.ts';
import type { Finding } from './finding.ts';
import { type ApiCallRecord, parseCloudTrailRecord } from './parse-api-call.ts';
import { parseAsffFinding } from './parse-asff-finding.ts';
import { parseFinding } from './parse-finding.ts';
import { parseGuardDutyFinding } from './parse-guardduty-finding.ts';
import { parseOcsfFinding } from './parse-ocsf-finding.ts';
import { field, isObject, read, textOf, within } from './read.ts';

const envelopeSchema = z.object({
  id: z.string().default(''),
  source: z.string(),
  'detail-type': z.string(),
  account: z.string().default(''),
  region: z.string().default(''),
  time: z.string().default(''),
  resources: z.array(z.string()).nullish(),
  detail: z.custom<Readonly<Record<string, unknown>>>(isObject),
});

/** What EventBridge says around an event's detail; `account`, `region`, `time` and `id` are empty where it does not. */
export interface EventEnvelope {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
}

interface Carried {
  readonly envelope: EventEnvelope;
  /** The event itself, untouched. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** An event that carries findings; all of them, in its order. */
export interface FindingsEvent extends Carried {
  readonly type: 'findings-imported' | 'findings-imported-v2' | 'guardduty-finding';
  readonly findings: readonly Finding[];
}

/** An analyst's click on a custom action. */
export interface CustomActionEvent extends Carried {
  readonly type: 'custom-action';
  readonly actionArn: string;
  readonly actionName: string;
  readonly actionDescription: string;
  readonly findings: readonly Finding[];
}

/** A custom action on the results of an insight: values and counts, no findings. */
export interface InsightResultsEvent extends Carried {
  readonly type: 'insight-results';
  readonly actionArn: string;
  readonly actionName: string;
  readonly insightArn: string;
  readonly insightName: string;
  readonly resultType: string;
  readonly results: readonly (readonly [value: string, count: number])[];
}

/** An API call that CloudTrail reported. `accountId` is the account whose resources it concerned. */
export interface ApiCallEvent extends Carried, Omit<ApiCallRecord, 'raw'> {
  readonly type: 'api-call';
  readonly accountId: string;
}

export type RiposteEvent = FindingsEvent | CustomActionEvent | InsightResultsEvent | ApiCallEvent;

/**
 * Reads any event that carries a finding or an API call: Security Hub (imported ASFF, imported OCSF, custom action, insight
 * results), GuardDuty, CloudTrail through EventBridge. All findings of an event are read, or none.
 *
 * @throws MalformedEventError naming the first field of the event that is missing or wrong.
 * @throws MalformedFindingError with the path from the event's root, e.g. `detail.findings.1.Resources.0.Id`.
 * @throws UnknownEventError when the event is of another kind.
 * @example
 * const event = parseEvent(input);
 * if (event.type === 'api-call') console.log(event.eventName);
 */
export function parseEvent(input: unknown): RiposteEvent {
  const { detail, ...known } = read(envelopeSchema, input, MalformedEventError);
  const raw = isObject(input) ? input : {};
  const source = known.source;
  const detailType = known['detail-type'];
  const { id, account, region, time } = known;
  const envelope = {
    id,
    source,
    detailType,
    account,
    region,
    time,
    resources: known.resources ?? [],
  };
  const reader = readers[`${source}|${detailType}`];
  if (reader) return reader({ envelope, raw, detail });
  if (detailType.endsWith(' via CloudTrail')) return apiCall({ envelope, raw, detail });
  throw new UnknownEventError(source, detailType);
}

interface Opened extends Carried {
  readonly detail: Readonly<Record<string, unknown>>;
}

const readers: Readonly<Record<string, (opened: Opened) => RiposteEvent>> = {
  'aws.securityhub|Security Hub Findings - Imported': ({ envelope, raw, detail }) => ({
    type: 'findings-imported',
    envelope,
    raw,
    findings: findingsOf(detail, parseAsffFinding),
  }),
  'aws.securityhub|Findings Imported V2': ({ envelope, raw, detail }) => ({
    type: 'findings-imported-v2',
    envelope,
    raw,
    findings: findingsOf(detail, parseOcsfFinding),
  }),
  'aws.securityhub|Security Hub Findings - Custom Action': ({ envelope, raw, detail }) => ({
    type: 'custom-action',
    envelope,
    raw,
    actionArn: envelope.resources[0] ?? '',
    actionName: textOf(detail.actionName) ?? '',
    actionDescription: textOf(detail.actionDescription) ?? '',
    findings: findingsOf(detail, parseFinding),
  }),
  'aws.securityhub|Security Hub Insight Results': ({ envelope, raw, detail }) => ({
    type: 'insight-results',
    envelope,
    raw,
    actionArn: envelope.resources[0] ?? '',
    actionName: textOf(detail.actionName) ?? '',
    insightArn: textOf(detail.insightArn) ?? '',
    insightName: textOf(detail.insightName) ?? '',
    resultType: textOf(detail.resultType) ?? '',
    results: insightResultsOf(detail),
  }),
  'aws.guardduty|GuardDuty Finding': ({ envelope, raw, detail }) => ({
    type: 'guardduty-finding',
    envelope,
    raw,
    findings: [within('detail', () => parseGuardDutyFinding(detail))],
  }),
};

function apiCall({ envelope, raw, detail }: Opened): ApiCallEvent {
  const { raw: _record, ...call } = within('detail', () => parseCloudTrailRecord(detail));
  const accountId = call.recipientAccountId ?? envelope.account;
  return { type: 'api-call', envelope, ...call, accountId, raw };
}

function findingsOf(
  detail: Readonly<Record<string, unknown>>,
  parse: (input: unknown) => Finding,
): readonly Finding[] {
  const findings = detail.findings;
  if (!Array.isArray(findings) || findings.length === 0)
    throw new MalformedEventError('detail.findings');
  return findings.map((finding, index) => within(`detail.findings.${index}`, () => parse(finding)));
}

function insightResultsOf(
  detail: Readonly<Record<string, unknown>>,
): InsightResultsEvent['results'] {
  const rows = detail.insightResults;
  if (!Array.isArray(rows)) throw new MalformedEventError('detail.insightResults');
  return rows.flatMap((row, index) => {
    // The path ends here: what follows is the insight's value, somebody else's text.
    const path = `detail.insightResults.${index}`;
    if (!isObject(row)) throw new MalformedEventError(path);
    return Object.keys(row).map((value) => {
      const count = field(row, value);
      if (typeof count === 'number') return [value, count] as const;
      throw new MalformedEventError(path);
    });
  });
}
