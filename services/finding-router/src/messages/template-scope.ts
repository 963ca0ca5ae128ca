import { type SeverityLabel, worseSeverity } from '@riposte/rules';
import type { NotifiedFinding } from '../delivery.ts';
import { cleanText } from './channel-dialects.ts';
import { Link } from './link.ts';
import type { MessageData } from './message-data.ts';

/** The highest severity among the findings; informational where there are none. */
export function highestSeverity(findings: readonly NotifiedFinding[]): SeverityLabel {
  return findings.map(({ severity }) => severity).reduce(worseSeverity, 'INFORMATIONAL');
}

/** Most findings that a message lists; the rest is a number. */
export const mostListed = 20;

/**
 * The variables of a template: `status`, `severity`, `finding` (the first), `findings`, `total`, `more`, `labels`, `channel`, `groupKey`, `at`, `repeat`,
 * `counts` (by what became of findings), `acknowledgedBy` (names), `level` (of an escalation), `collected` (messages in a digest).
 * All text is on one line and visible; what a channel would read as markup is escaped when it is printed.
 */
export function scopeOf(data: MessageData): Readonly<Record<string, unknown>> {
  const listed = data.findings.slice(0, mostListed);
  const findings = listed.map(findingScope);
  return {
    status: data.status,
    severity: highestSeverity(data.findings),
    finding: findings[0],
    findings,
    total: data.total,
    more: Math.max(data.total - findings.length, 0),
    labels: cleanRecord(data.labels),
    channel: cleanText(data.channel, 200),
    groupKey: cleanText(data.groupKey, 500),
    at: cleanText(data.at, 40),
    repeat: data.repeat,
    counts: data.counts ?? {},
    acknowledgedBy: (data.acknowledgedBy ?? []).map(({ by }) => cleanText(by, 200)).join(', '),
    level: data.level,
    collected: data.collected,
  };
}

function findingScope(finding: NotifiedFinding): Readonly<Record<string, unknown>> {
  const { url, riskScore, title, resource, ...texts } = finding;
  const link = Link.from(url);
  return {
    ...cleanRecord(texts),
    title: cleanText(title, 1000),
    resource: cleanText(resource, 1000),
    ...(riskScore !== undefined && { riskScore }),
    ...(link && { url: link }),
  };
}

function cleanRecord(
  texts: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const known = Object.entries(texts).flatMap(([name, text]) =>
    text === undefined || text === '' ? [] : [[name, cleanText(text, 500)] as const],
  );
  return Object.fromEntries(known.slice(0, 100));
}
