import type { Finding } from '@riposte/findings';

type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

const paths = new Map<string, readonly string[]>();

function namesOf(path: string): readonly string[] {
  const known = paths.get(path) ?? path.split('.');
  paths.set(path, known);
  return known;
}

/** All values at a dotted path, through every list on the way. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  const values: unknown[] = [];
  collect(value, namesOf(path), 0, values);
  return values;
}

function collect(value: unknown, names: readonly string[], at: number, values: unknown[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, names, at, values);
    return;
  }
  const name = names[at];
  if (name === undefined) {
    if (value !== undefined && value !== null) values.push(value);
  } else if (isObject(value)) {
    if (name.endsWith('_time_dt')) values.push(momentIn(value, name));
    else if (Object.hasOwn(value, name)) collect(value[name], names, at + 1, values);
  }
}

/** Milliseconds of an ISO 8601 text; `Date.parse` would guess at others. */
export function timeOf(value: unknown): number | undefined {
  const time =
    typeof value === 'string' && /^\d{4}-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** OCSF writes times twice: as text, and as milliseconds. */
function momentIn(value: Members, name: string): unknown {
  const text = memberOf(value, name);
  if (timeOf(text) !== undefined) return text;
  const epoch = memberOf(value, name.slice(0, -'_dt'.length));
  if (typeof epoch !== 'number') return undefined;
  const millis = Math.abs(epoch) < 1e11 ? epoch * 1000 : epoch;
  return Math.abs(millis) <= 8.64e15 ? new Date(millis).toISOString() : undefined;
}

const scores: Readonly<Record<string, number>> = {
  CRITICAL: 90,
  HIGH: 70,
  MEDIUM: 40,
  LOW: 1,
  INFORMATIONAL: 0,
};

/** The document as it stands: label and score of its severity follow from each other, as Security Hub completes them. */
export function currentOf({ format, raw }: Finding): Members {
  return format === 'asff' ? { ...raw, Severity: wholeSeverity(raw.Severity) } : raw;
}

/** The document as its provider gave it. */
export function originalOf({ format, raw }: Finding): Members {
  if (format === 'asff') return originalAsff(raw);
  return format === 'ocsf' ? originalOcsf(raw) : raw;
}

function wholeSeverity(stated: unknown): Members {
  const severity = isObject(stated) ? stated : {};
  const { Label, Normalized } = severity;
  const [labelled, scored] = [typeof Label === 'string', typeof Normalized === 'number'];
  return {
    ...severity,
    Label: labelled || !scored ? Label : labelOf(Number(Normalized)),
    Normalized:
      scored || !labelled
        ? Normalized
        : Object.hasOwn(scores, String(Label))
          ? scores[String(Label)]
          : undefined,
  };
}

function labelOf(score: number): string | undefined {
  return Object.keys(scores).find((label) => score >= (scores[label] ?? 0));
}

function originalAsff(raw: Members): Members {
  const given = raw.FindingProviderFields;
  const label = memberOf(memberOf(given, 'Severity'), 'Label');
  const severity = wholeSeverity(raw.Severity);
  const score =
    typeof label === 'string' && Object.hasOwn(scores, label) ? scores[label] : undefined;
  return {
    ...raw,
    Severity:
      typeof label === 'string'
        ? { ...severity, Label: label, Normalized: score ?? severity.Normalized }
        : severity,
    Confidence: memberOf(given, 'Confidence') ?? raw.Confidence,
    Criticality: memberOf(given, 'Criticality') ?? raw.Criticality,
    Types: memberOf(given, 'Types') ?? raw.Types,
    RelatedFindings: memberOf(given, 'RelatedFindings') ?? raw.RelatedFindings,
    Workflow: { Status: 'NEW' },
    Note: undefined,
    UserDefinedFields: undefined,
    VerificationState: undefined,
  };
}

function originalOcsf(raw: Members): Members {
  const given = raw.vendor_attributes;
  return {
    ...raw,
    severity: memberOf(given, 'severity') ?? raw.severity,
    severity_id: memberOf(given, 'severity_id') ?? raw.severity_id,
    status: 'New',
    status_id: 1,
    comment: undefined,
  };
}
