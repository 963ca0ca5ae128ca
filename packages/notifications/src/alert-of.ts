import { type Finding, findingKey } from '@riposte/findings';
import type { Alert, AlertFacts, Labels } from './alert.ts';
import { contentId } from './content-id.ts';
import { standingOf } from './standing.ts';

/** One alert for a finding, a rule and a channel. */
export function alertKey(finding: string, rule: string, channel: string): string {
  return contentId('alr', [finding, rule, channel]);
}

/** What goes into an alert besides the finding. */
export interface Alerting {
  readonly channel: string;
  readonly labels: Labels;
  readonly fingerprint: string;
  readonly facts: AlertFacts;
  /**
   * When this version came to be, ISO 8601. The event's time rather than the finding's `UpdatedAt`, which does not move when BatchUpdateFindings changes
   * the workflow.
   *
   * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
   */
  readonly observedAt: string;
}

/**
 * A version of a finding, as an alert.
 *
 * @example
 * alertOf(finding, { channel: '#security', labels, fingerprint, facts, observedAt: event.time });
 */
export function alertOf(finding: Finding, alerting: Alerting): Alert {
  const { channel, labels, fingerprint, facts, observedAt } = alerting;
  const { status } = standingOf(finding);
  const updatedAt = utc(observedAt) ?? observedAt;
  return {
    key: alertKey(findingKey(finding), facts.rule, channel),
    channel,
    fingerprint,
    labels,
    status,
    startsAt: utc(finding.createdAt) ?? updatedAt,
    updatedAt,
    ...(status === 'resolved' && { endsAt: updatedAt }),
    facts,
  };
}

/** In UTC with milliseconds, so that times compare as text. */
function utc(time: string | undefined): string | undefined {
  const millis = Date.parse(time ?? '');
  return Number.isNaN(millis) ? undefined : new Date(millis).toISOString();
}
