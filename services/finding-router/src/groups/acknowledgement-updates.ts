import { digest } from '@riposte/findings';
import type { AlertFacts } from '@riposte/notifications';
import type { FindingUpdate } from '@riposte/rules';
import type { QueuedMessage } from '../finding-state.ts';

/** What the settings call this change of a finding, as if it were a rule. */
const acknowledgementRule = 'acknowledgement';

/**
 * Findings that somebody has taken on get the workflow NOTIFIED: one message for each that Security Hub knows, and for each of its copies among them.
 *
 * @param at ISO 8601.
 * @param note what else is written on them.
 */
export function acknowledgementUpdates(
  findings: readonly AlertFacts[],
  at: string,
  note?: string,
): readonly QueuedMessage[] {
  const copies = new Map(
    findings.flatMap((facts) =>
      facts.format === 'guardduty' ? [] : [[`${facts.format} ${facts.key}`, facts] as const],
    ),
  );
  const update: FindingUpdate = { workflow: 'NOTIFIED', ...(note !== undefined && { note }) };
  return [...copies.values()].map((finding) => ({
    queue: 'updates',
    id: `rpa-${digest(finding.format, finding.key, at)}`,
    group: finding.key,
    body: {
      ...{ kind: 'update', key: finding.key, rules: [acknowledgementRule] },
      ...{ update, finding, at },
    },
  }));
}
