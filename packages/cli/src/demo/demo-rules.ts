import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The rule that waits to be enabled, as reports call it. */
export const waitingRule = 'on-call/Wake the payments team';

/** Channels of the demo's rules, and the secret of the one that needs one. */
export const demoChannels = {
  alerts: 'alerts',
  onCall: 'on-call',
  jiraSecret: 'riposte/jira',
} as const;

/** Writes the demo's rules: one is in force, one waits to be enabled. */
export async function writeDemoRules(folder: string, jiraUrl: string): Promise<void> {
  const files = {
    'channels.yaml': channels(jiraUrl),
    'owners.yaml': owners,
    'threats.rules.yaml': threats,
    [onCallFile]: onCall(false),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

/** Enables the rule that waits. */
export async function enableWaitingRule(folder: string): Promise<void> {
  await writeFile(join(folder, onCallFile), onCall(true));
}

const onCallFile = 'on-call.rules.yaml';

const channels = (jiraUrl: string) => `channels:
  - name: ${demoChannels.alerts}
    type: sns
    topic: \${ALERTS_TOPIC_ARN}
    group: { by: [account, resource], wait: 1s, interval: 1m }
  - name: ${demoChannels.onCall}
    type: sns
    topic: \${ALERTS_TOPIC_ARN}
    group: { by: [account, resource], wait: 1s, interval: 1m }
  - name: tickets
    type: jira
    url: ${jiraUrl}
    edition: cloud
    project: SEC
    issueType: Task
    secret: ${demoChannels.jiraSecret}
`;

const owners = `ownership:
  - resources: ['arn:*:ec2:*:*:instance/*']
    owner: ada@example.com
    team: payments
    businessCriticality: critical
    dataClassification: restricted
    environment: production
`;

const threats = `pack: threats
rules:
  - name: Threats by their risk
    order: 10
    when:
      asff: { ProductName: [{ Value: GuardDuty, Comparison: EQUALS }] }
    then:
      - enrich: { with: [owner, history, risk], setSeverity: true }
      - ticket: { channel: tickets }
      - notify: { channel: ${demoChannels.alerts} }
`;

const onCall = (isEnabled: boolean) => `pack: on-call
rules:
  - name: Wake the payments team
    order: 20
    enabled: ${isEnabled}
    when:
      all:
        - asff: { ProductName: [{ Value: GuardDuty, Comparison: EQUALS }] }
        - owner: { team: payments }
    then:
      - update: { severity: CRITICAL }
      - notify: { channel: ${demoChannels.onCall} }
`;
