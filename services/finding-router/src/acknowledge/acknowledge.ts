import type { Acknowledgement } from './acknowledge-from-slack.ts';

/** What became of the group. */
export type AcknowledgeOutcome =
  | { readonly state: 'acknowledged' }
  | { readonly state: 'already'; readonly by: string; readonly at: string }
  /** Its findings are resolved. */
  | { readonly state: 'closed' }
  /** Nobody knows it any more. */
  | { readonly state: 'unknown' };

export interface AcknowledgePorts {
  readonly groups: {
    /**
     * Notes who looks after a group, once: the first one counts, and stops reminders and escalation. Whatever else is to be told of it
     * (other channels, the finding's workflow) follows from what is noted.
     *
     * @param at ISO 8601.
     */
    acknowledge(acknowledgement: Acknowledgement, at: string): Promise<AcknowledgeOutcome>;
  };
  /** Answers the person who clicked, in plain words. */
  readonly answer: (acknowledgement: Acknowledgement, words: string) => Promise<void>;
  readonly now: () => Date;
}

export interface Acknowledged {
  readonly outcome: AcknowledgeOutcome;
  /** False where the person could not be told: what is noted stays noted. */
  readonly answered: boolean;
}

/**
 * Marks a group as looked after, and says so to the person who clicked. A second click changes nothing, and says who was first.
 *
 * @example
 * await acknowledge(acknowledgement, { groups, answer, now: () => new Date() });
 */
export async function acknowledge(
  acknowledgement: Acknowledgement,
  { groups, answer, now }: AcknowledgePorts,
): Promise<Acknowledged> {
  const outcome = await groups.acknowledge(acknowledgement, now().toISOString());
  try {
    await answer(acknowledgement, wordsFor(outcome));
    return { outcome, answered: true };
  } catch {
    // An error here would make Slack show a failure, though the acknowledgement counts.
    return { outcome, answered: false };
  }
}

function wordsFor(outcome: AcknowledgeOutcome): string {
  switch (outcome.state) {
    case 'acknowledged':
      return 'You acknowledged this. Reminders and escalation stop until something about it changes.';
    case 'already':
      return `${outcome.by} acknowledged this at ${outcome.at}.`;
    case 'closed':
      return 'This is resolved already: there is nothing left to acknowledge.';
    case 'unknown':
      return 'Riposte does not know this message any more. The finding can be acknowledged in Security Hub.';
  }
}
