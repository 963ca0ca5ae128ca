/** Which queue feeds which function of the finding router; names ending in `.fifo` keep the order of their groups. */
const queueOfFunction: Readonly<Record<string, string>> = {
  route: 'events',
  'update-findings': 'updates',
  'group-alerts': 'alerts.fifo',
  'tell-groups': 'wake',
  act: 'actions.fifo',
  'store-evidence': 'evidence',
  'deliver-jira': 'jira.fifo',
  'deliver-servicenow': 'servicenow.fifo',
  'deliver-slack': 'slack.fifo',
  'deliver-teams': 'teams.fifo',
  'deliver-pagerduty': 'pagerduty.fifo',
  'deliver-webhook': 'webhook.fifo',
  'deliver-sns': 'sns.fifo',
};

/** The dead letters that SQS itself moves from queues that keep an order: one queue for all functions. */
export const sharedQueue = 'undelivered';

/** What the names of all queues of a stage begin with. */
export function queuePrefix(stage: string): string {
  return `riposte-finding-router-${stage}-`;
}

/** The name of the queue that a function is fed by; undefined where it has none. */
export function queueNameFor(stage: string, name: string): string | undefined {
  const queue = queueOfFunction[name];
  return queue === undefined ? undefined : `${queuePrefix(stage)}${queue}`;
}

/** The function that a queue feeds, by the queue's name. */
export function functionFedBy(stage: string, queueName: string): string | undefined {
  const names = Object.keys(queueOfFunction);
  return names.find((name) => queueNameFor(stage, name) === queueName);
}

/**
 * Whose dead-letter queue a name is; undefined where it is none of this stage. A stage may be called as the beginning of another: `prod` and `prod-eu`.
 *
 * @example
 * functionOfQueue('prod', 'riposte-finding-router-prod-deliver-jira-dlq'); // 'deliver-jira'
 */
export function functionOfQueue(stage: string, queueName: string): string | undefined {
  const prefix = queuePrefix(stage);
  const name = /^(.+)-dlq(?:\.fifo)?$/.exec(queueName.slice(prefix.length))?.[1];
  if (!queueName.startsWith(prefix) || name === undefined) return undefined;
  const known = [...Object.keys(queueOfFunction), sharedQueue];
  const isOther = !known.includes(name) && known.some((one) => name.endsWith(`-${one}`));
  return isOther ? undefined : name;
}
